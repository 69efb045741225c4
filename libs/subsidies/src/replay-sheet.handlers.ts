import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { firmColumns, word } from '@app/matching';
import type { Sheet } from '@app/spreadsheets';
import type { ReplayLineView } from './replay-forms.rules';

/** Who gains and who loses, as people take it away. */
export const replaySheet: Sheet<ReplayLineView> = {
  title: sheetTitles.replay,
  columns: [
    ...firmColumns<ReplayLineView>('enterprise', ({ firm }) => firm),
    { key: 'claim', heading: heading.claim, kind: 'text', value: ({ claim }) => claim },
    { key: 'live', heading: heading.liveAward, kind: 'money', value: ({ live }) => live },
    { key: 'a', heading: heading.awardA, kind: 'money', value: ({ a }) => a.award },
    { key: 'b', heading: heading.awardB, kind: 'money', value: ({ b }) => b.award },
    { key: 'difference', heading: heading.difference, kind: 'money', value: ({ difference }) => difference },
    {
      ...{ key: 'change', heading: heading.change, kind: 'text' },
      value: ({ change }, language) => word('replay-change', change, language),
    },
    {
      ...{ key: 'reasons', heading: heading.changeReasons, kind: 'text' },
      value: ({ reasons }, language) =>
        [...new Set(reasons.map(({ reason }) => word('replay-reason', reason, language)))].join('; '),
    },
  ],
};
