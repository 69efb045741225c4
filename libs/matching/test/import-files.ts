/** Made-up rows of a demand file, each different. */
export const demandRow = (n: number): string => `演示鞋底${n},42码 橡胶,${n + 1},双`;

export const DEMAND_HEADING = '产品名称,规格型号,数量,单位';

export const csvFile = (heading: string, rows: Iterable<string>): AsyncIterable<Uint8Array> =>
  (async function* () {
    yield Buffer.from(`${heading}\n`);
    for (const row of rows) yield Buffer.from(`${row}\n`);
  })();
