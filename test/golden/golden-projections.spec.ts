import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashesIn, projectionHashes } from './projection-hashes';
import { difference, type Golden, GOLDEN_FILE } from './golden-projections';

it('every view is at the version that its code was released under', () => {
  expect(existsSync(GOLDEN_FILE)).toBe(true);
  const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Golden;
  expect(difference(golden, projectionHashes())).toEqual([]);
});

describe('the hash of a view', () => {
  const view = `
    import { Column, Entity, PrimaryColumn } from 'typeorm';
    import { type Projection, rowFold } from '@app/projections';
    import { cut } from './words';
    @Entity('demand') class Row { @PrimaryColumn('text') id: string; @Column('text') title: string; }
    const half = (n: number) => n / 2;
    export const openDemands: Projection<DemandEvent> = {
      name: 'open-demands',
      version: 3,
      filter: { categories: ['listing'] },
      entities: [Row],
      // What a fold is.
      apply: rowFold<DemandEvent, Row>({ entity: Row, keyColumn: 'id', fold: (row) => cut(row, half(3)) }),
    };
    export class OpenDemands { execute() { return 1; } }`;
  const words = `export function cut(row: object, n: number) { return limit(row, n); }
    function limit(row: object, n: number) { return row ?? n; }
    export function other() { return 1; }`;
  const hash = (changedView = view, changedWords = words) => {
    const files: Record<string, string> = { 'libs/m/src/a.view.ts': changedView, 'libs/m/src/words.ts': changedWords };
    const [found] = hashesIn('libs/m/src/a.view.ts', (path) => files[join(path)]);
    return found!;
  };
  const edited = (from: string, to: string) => {
    expect(view + words).toContain(from);
    return hash(view.replace(from, to), words.replace(from, to)).hash;
  };

  it('names view and version', () => {
    expect(hash()).toMatchObject({ name: 'open-demands', version: 3 });
  });

  it.each([
    ['the fold', 'half(3)', 'half(4)'],
    ['a function it uses', 'n / 2', 'n / 3'],
    ['a column', `@Column('text') title`, `@Column('text', { nullable: true }) title`],
    ['the filter', `['listing']`, `['listing', 'catalogue']`],
    ['a function of another file', 'limit(row, n);', 'limit(row, n + 1);'],
    ['what that one uses', 'row ?? n', 'row || n'],
  ])('changes with %s', (_what, from, to) => {
    expect(edited(from, to)).not.toBe(hash().hash);
  });

  it.each([
    ['the version', 'version: 3', 'version: 4'],
    ['a comment', '// What a fold is.', '// What it folds.'],
    ['a query beside it', 'return 1; } }', 'return 2; } }'],
    ['layout', 'entities: [Row],', 'entities: [\n Row ],'],
    ['a type', 'n: number) => n', 'n: Count) => n'],
    ['a function it does not use', 'other() { return 1; }', 'other() { return 2; }'],
  ])('does not change with %s', (_what, from, to) => {
    expect(edited(from, to)).toBe(hash().hash);
  });
});

describe('the check', () => {
  const golden: Golden = { kept: { version: 1, hash: 'a' }, bumped: { version: 1, hash: 'a' } };
  const kept = { name: 'kept', version: 1, hash: 'a' };

  it('asks for a higher version where code changed', () => {
    const now = [kept, { name: 'bumped', version: 1, hash: 'b' }];
    expect(difference(golden, now)).toEqual([expect.stringContaining('bumped: raise its version to 2')]);
  });

  it('asks for the golden file where versions or views changed', () => {
    expect(difference(golden, [kept, { name: 'bumped', version: 2, hash: 'b' }])).toHaveLength(1);
    expect(difference(golden, [kept])).toEqual([expect.stringContaining('bumped')]);
    expect(difference({}, [kept])).toEqual([expect.stringContaining('kept')]);
  });
});
