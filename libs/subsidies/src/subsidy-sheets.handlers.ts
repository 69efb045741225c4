import type { Language } from '@app/labels';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { firmColumns, word } from '@app/matching';
import { OFFICES } from '@app/registry';
import type { Sheet } from '@app/spreadsheets';
import type { ClaimLine } from './claim-answer.rules';
import type { PolicyLine } from './policy-forms.rules';
import type { LedgerLineView } from './round-forms.rules';

// What people take away of policies, claims and the fund ledger.

/** The city, or a county by its name. */
const levelName = (level: string, language: Language): string | undefined =>
  OFFICES.find(({ area }) => area === level)?.[language] ?? word('budget-level', level, language);

export const policySheet: Sheet<PolicyLine> = {
  title: sheetTitles.policies,
  columns: [
    { key: 'title', heading: heading.title, kind: 'text', value: ({ title }) => title },
    { key: 'scheme', heading: heading.policyScheme, kind: 'text', value: ({ scheme }) => scheme },
    { key: 'version', heading: heading.policyVersion, kind: 'text', value: ({ version }) => version },
    {
      ...{ key: 'state', heading: heading.status, kind: 'text' },
      value: ({ state, origin, historical }, language) =>
        historical ? word('policy-origin', origin, language) : word('policy-state', state, language),
    },
    {
      ...{ key: 'beneficiary', heading: heading.beneficiary, kind: 'text' },
      value: ({ beneficiary }, language) => word('policy-beneficiary', beneficiary, language),
    },
    { key: 'from', heading: heading.from, kind: 'day', value: ({ effectiveFrom }) => effectiveFrom },
    { key: 'until', heading: heading.filingUntil, kind: 'day', value: ({ lastDay }) => lastDay },
    { key: 'document', heading: heading.document, kind: 'text', value: ({ document }) => document },
    { key: 'supersededBy', heading: heading.supersededBy, kind: 'text', value: ({ supersededBy }) => supersededBy },
  ],
};

export const claimSheet: Sheet<ClaimLine> = {
  title: sheetTitles.claims,
  columns: [
    ...firmColumns<ClaimLine>('enterprise', ({ firm }) => firm),
    {
      ...{ key: 'policy', heading: heading.policyVersion, kind: 'text' },
      value: ({ beneficiary, policy }, language) =>
        `${word('policy-beneficiary', beneficiary, language)} ${policy.version}`,
    },
    {
      ...{ key: 'state', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('claim-state', state, language),
    },
    { key: 'award', heading: heading.award, kind: 'money', value: ({ award }) => award },
    { key: 'granted', heading: heading.granted, kind: 'money', value: ({ granted }) => granted },
    { key: 'offset', heading: heading.offset, kind: 'money', value: ({ offset }) => offset },
    { key: 'recovered', heading: heading.recovered, kind: 'money', value: ({ recovered }) => recovered },
    { key: 'filed', heading: heading.filedAt, kind: 'minute', value: ({ filedAt }) => filedAt },
    { key: 'noticeUntil', heading: heading.noticeUntil, kind: 'day', value: ({ noticeUntil }) => noticeUntil },
    {
      ...{ key: 'objections', heading: heading.openObjections, kind: 'number' },
      value: ({ openObjections }) => String(openObjections),
    },
    {
      ...{ key: 'office', heading: heading.countyOffice, kind: 'text' },
      value: ({ office }, language) => levelName(office, language),
    },
    { key: 'changed', heading: heading.changedAt, kind: 'minute', value: ({ changedAt }) => changedAt },
    { key: 'claim', heading: heading.claim, kind: 'text', value: ({ claim }) => claim },
  ],
};

type FundRow = LedgerLineView & { readonly asked: string | undefined };

export const fundSheet: Sheet<FundRow> = {
  title: sheetTitles.fundLedger,
  columns: [
    {
      ...{ key: 'level', heading: heading.bearingLevel, kind: 'text' },
      value: ({ level }, language) => levelName(level, language),
    },
    { key: 'budget', heading: heading.budget, kind: 'money', value: ({ budget }) => budget },
    { key: 'asked', heading: heading.askedInFull, kind: 'money', value: ({ asked }) => asked },
    { key: 'reserved', heading: heading.reserved, kind: 'money', value: ({ reserved }) => reserved },
    { key: 'approved', heading: heading.approved, kind: 'money', value: ({ approved }) => approved },
    { key: 'passedDown', heading: heading.passedDown, kind: 'money', value: ({ passedDown }) => passedDown },
    { key: 'paid', heading: heading.paidOut, kind: 'money', value: ({ paid }) => paid },
    { key: 'offset', heading: heading.offset, kind: 'money', value: ({ offset }) => offset },
    { key: 'recovered', heading: heading.recovered, kind: 'money', value: ({ recovered }) => recovered },
    { key: 'balance', heading: heading.balance, kind: 'money', value: ({ balance }) => balance },
  ],
};
