/** One line of Prometheus' text format. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export const samplesIn = (text: string): Sample[] =>
  text.split('\n').flatMap((line) => {
    const parts = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line);
    if (!parts) return [];
    const labels = [...(parts[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]);
    return [{ name: parts[1]!, labels: Object.fromEntries(labels) as Record<string, string>, value: Number(parts[3]) }];
  });

/** Of the series with exactly these labels; undefined without one. */
export const valueOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
  samples.find((one) => one.name === name && sameLabels(one.labels, labels))?.value;

const sameLabels = (a: Sample['labels'], b: Sample['labels']): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value);
