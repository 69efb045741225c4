/** One thing that waits, before things of one kind that are done on one page become one line. */
export type Pending = {
  readonly kind: string;
  /** Things of one kind and group are done together: the catalogue, the award, or the listing itself. */
  readonly group: string;
  readonly link: Readonly<Record<string, string>>;
  /** Its page takes the place of `link` where several wait. */
  readonly catalogue?: string;
  readonly items?: number;
  readonly subject?: string;
  readonly firm?: string;
  readonly due?: string;
  readonly since?: string;
};

export type Grouped = {
  readonly kind: string;
  readonly items: number;
  readonly subject?: string;
  readonly firm?: string;
  readonly link: Readonly<Record<string, string>>;
  readonly due?: string;
  readonly since?: string;
};

/** The soonest clock and the longest wait of each group; the subject is the thing's own, or its catalogue's title. */
export function grouped(
  pending: readonly Pending[],
  titleOf: (catalogue: string) => string | undefined = () => undefined,
): Grouped[] {
  const groups = new Map<string, Pending[]>();
  for (const one of pending) {
    const key = `${one.kind} ${one.group}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((members) => {
    const [first] = members as [Pending];
    const { kind, catalogue, firm } = first;
    const several = members.length > 1 && catalogue !== undefined;
    const subjects = [...new Set(members.map(({ subject }) => subject))];
    const subject = several ? titleOf(catalogue) : subjects.length === 1 ? subjects[0] : undefined;
    const [due] = members.flatMap((one) => one.due ?? []).sort();
    const [since] = members.flatMap((one) => one.since ?? []).sort();
    return {
      kind,
      items: members.reduce((total, { items = 1 }) => total + items, 0),
      link: several ? { catalogue } : first.link,
      ...(subject !== undefined && { subject }),
      ...(firm !== undefined && { firm }),
      ...(due !== undefined && { due }),
      ...(since !== undefined && { since }),
    };
  });
}
