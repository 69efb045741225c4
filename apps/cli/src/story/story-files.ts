import { createReadStream } from 'node:fs';
import { Refused } from '@app/kernel';
import { Column, guessMapping, readCsv } from '@app/spreadsheets';

/** The rows of one firm, as they stand in the file, with what the file says about where it is. */
export type FirmRows = {
  readonly firm: string;
  readonly province: string;
  readonly city: string;
  readonly county: string;
  readonly rows: (readonly string[])[];
};

export type StoryFile = {
  readonly headings: readonly string[];
  /** In the order in which they come in the file. */
  readonly firms: readonly FirmRows[];
  readonly rows: number;
  /** Rows that name no firm. */
  readonly nameless: number;
};

const WHERE: readonly Column[] = [
  { field: 'province', headings: ['省', '省份', 'province'] },
  { field: 'city', headings: ['市(拼音)', '市', '城市', 'city'] },
  { field: 'county', headings: ['区县', '县', '区', 'county'] },
];
export const PUBLISHER: Column = {
  field: 'firm',
  headings: ['需求单位', '采购单位', '医院', '单位名称', '企业名称', 'hospital', 'organisation'],
};
export const MAKER: Column = {
  field: 'firm',
  headings: ['厂商', '生产企业', '企业名称', '供应商', '单位名称', 'maker', 'manufacturer'],
};

/** Many firms in one file become one file for each. Refuses `import-column-missing` and what `readCsv` refuses. */
export async function readStoryFile(path: string, who: Column): Promise<StoryFile> {
  const { headings, rows } = await readCsv(createReadStream(path));
  const mapping = guessMapping(headings, [who, ...WHERE]);
  if (mapping.firm === undefined) throw new Refused('import-column-missing', { heading: who.headings[0]! }, path);
  const firms = new Map<string, FirmRows>();
  let count = 0;
  let nameless = 0;
  for await (const { cells } of rows) {
    const cell = (field: string) => cells[headings.indexOf(mapping[field] ?? '')]?.trim() ?? '';
    count += 1;
    const firm = cell('firm').normalize('NFC').replace(/\s+/g, ' ');
    if (firm === '') nameless += 1;
    else {
      const before = firms.get(firm);
      if (before) before.rows.push(cells);
      else {
        firms.set(firm, {
          firm,
          ...{ province: cell('province'), city: cell('city'), county: cell('county'), rows: [cells] },
        });
      }
    }
  }
  return { headings, firms: [...firms.values()], rows: count, nameless };
}

/** Rows as a file of their own again. */
export const csvOf = (headings: readonly string[], rows: readonly (readonly string[])[]): AsyncIterable<Uint8Array> =>
  (async function* () {
    for (const cells of [headings, ...rows]) {
      yield Buffer.from(`${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`);
    }
  })();
