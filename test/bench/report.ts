/** One line of a bench. `ratio` is against the reference of the same run, null where there is none; more fields may follow. */
export type Result = {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number | null;
  readonly [field: string]: string | number | null;
};

export type Report = (result: Result) => void;

/** What a file `<name>.bench.ts` exports; it is found by its place. */
export type Bench = { readonly name: string; readonly run: (report: Report) => Promise<void> };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

export const rounded = (value: number, places = 0): number => Number(value.toFixed(places));
