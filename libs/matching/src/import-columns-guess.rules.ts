import { isCalendarDate, unitNamed } from '@app/kernel';
import { dayOf, isDecimal, numberOf } from './import-columns-reading.rules';

// What was pasted without a heading: columns are known by what stands in them, where most cells say the same.

type Rows = readonly (readonly string[])[];
type Places = Record<string, number>;

/** The first column of words is the product, the next one its specification. */
export const guessedDemand = (rows: Rows): Places => guessed(rows, 'quantity', 'deliverBy');
export const guessedPromotion = (rows: Rows): Places => guessed(rows, 'capacityPerMonth');

function guessed(rows: Rows, number: string, day?: string): Places {
  const places: Places = {};
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, place) =>
    rows.map((row) => row[place]?.trim() ?? '').filter((cell) => cell !== ''),
  );
  const takes = (field: string, holds: (cell: string) => boolean) => {
    const isTaken = (place: number) => Object.values(places).includes(place);
    const found = columns.findIndex((cells, place) => !isTaken(place) && !isCount(cells) && most(cells, holds));
    if (found >= 0) places[field] = found;
  };
  takes('unit', (cell) => unitNamed(cell) !== undefined);
  if (day !== undefined) takes(day, (cell) => isCalendarDate(dayOf(cell)));
  takes(number, (cell) => isDecimal(numberOf(cell)));
  // 1000双, where no column holds numbers alone: 42码 may as well be a size.
  if (!(number in places)) takes(number, (cell) => /^[\d.,]+\s*[^\d\s.,]{1,4}$/.test(cell.normalize('NFKC')));
  for (const field of ['product', 'specification', 'note']) takes(field, (cell) => !isDecimal(numberOf(cell)));
  return places;
}

const most = (cells: readonly string[], holds: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter(holds).length * 5 >= cells.length * 4;

/** 1, 2, 3 are the numbers of rows. */
const isCount = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.every((cell, i) => cell === String(i + 1));
