import { LeadList } from './lead-list.decider';

// The one place that answers both questions of a dated membership. A list published in August for the whole year
// makes its firms lead firms in March too, and nobody knew it in March.

/** The part of a list version that membership rests on. */
export type DatedList = Pick<LeadList, 'state' | 'head' | 'publishedOn' | 'firms'>;

/** Whether a firm was on some published list for a day, by all that has been announced since. */
export function wasLeadOn(lists: readonly DatedList[], enterprise: string, day: string): boolean {
  return listsFor(lists, enterprise, day).length > 0;
}

/**
 * Whether it was public, on the day `known`, that the firm is a lead firm on `day`: later announcements do not count.
 */
export function wasKnownOn(lists: readonly DatedList[], enterprise: string, day: string, known: string): boolean {
  return listsFor(lists, enterprise, day, known).length > 0;
}

/** The lists that make a firm a lead firm on a day, by what had been announced up to `known` (all, when left out). */
export function listsFor<L extends DatedList>(
  lists: readonly L[],
  enterprise: string,
  day: string,
  known = '9999-12-31',
): L[] {
  return lists.filter(
    (list) =>
      list.state === 'published' &&
      list.publishedOn <= known &&
      list.head.from <= day &&
      day <= list.head.to &&
      standsOn(list, enterprise, day, known),
  );
}

/** Later announcements decide: a correction that lists a firm again undoes its removal or exit. */
function standsOn({ firms }: DatedList, enterprise: string, day: string, known: string): boolean {
  const last = (firms.get(enterprise) ?? []).filter(({ announcedOn }) => announcedOn <= known).at(-1);
  return last !== undefined && (last.kind === 'listed' || (last.kind === 'exited' && day < last.on));
}
