import type { Api } from '../api/client';
import type { Me } from '../app/session';

export type ClaimView = Api['ClaimView'];

export type FirmAct =
  | 'confirm'
  | 'completion'
  | 'supplements'
  | 'payee'
  | 'withdrawal'
  | 'review-request'
  | 'statements';
export type OfficeAct =
  | 'return'
  | 'payee-check'
  | 'findings'
  | 'relation-checks'
  | 'county-check'
  | 'city-check'
  | 'joint-review'
  | 'proposal'
  | 'proposal-withdrawal'
  | 'notice'
  | 'objection'
  | 'refusal'
  | 'approval'
  | 'funds'
  | 'payee-confirmation'
  | 'payments'
  | 'receipt'
  | 'payment-cancellation'
  | 'bounce'
  | 'review'
  | 'recovery-drop'
  | 'recovery-confirmation'
  | 'recovery-decision'
  | 'recovery-offset'
  | 'recovery-payment'
  | 'hand-up'
  | 'handover';
export type ClaimAct = FirmAct | OfficeAct;
export type NextActs<A> = { readonly first?: A; readonly more: readonly A[] };

const BEFORE_APPROVAL = new Set([
  'offered',
  'applied',
  'returned',
  'county-passed',
  'city-passed',
  'jointly-reviewed',
  'proposed',
  'on-notice',
]);

export const isBeforeApproval = ({ state }: Pick<ClaimView, 'state'>): boolean => BEFORE_APPROVAL.has(state);

type Known = Pick<
  ClaimView,
  | 'state'
  | 'mode'
  | 'deferredUntil'
  | 'recoveryNow'
  | 'openObjections'
  | 'payee'
  | 'payment'
  | 'waitsFor'
  | 'steps'
  | 'findings'
> &
  Partial<Pick<ClaimView, 'office' | 'barredFrom'>>;

/** What the claimant does: the one thing that is waited for, and beside it what it may do besides. */
export function firmActs({ state, deferredUntil, recoveryNow, steps }: Known): NextActs<FirmAct> {
  if (state === 'offered') return { first: 'confirm', more: ['withdrawal'] };
  const more: FirmAct[] = [];
  if (BEFORE_APPROVAL.has(state) || state === 'approved' || state === 'passed-down') more.push('payee');
  if (BEFORE_APPROVAL.has(state)) more.push('withdrawal');
  if (state === 'returned') return { first: 'completion', more };
  if (recoveryNow?.state === 'confirmed') return { first: 'statements', more };
  if (deferredUntil !== undefined && more.length > 0) return { first: 'supplements', more };
  if (state === 'not-supported' && !steps.some(({ type }) => type === 'ClaimReviewAsked')) {
    return { first: 'review-request', more };
  }
  return { more };
}

/** What an office is called where a claim waits for one: `350582`, `city`, `350582-finance`, `city-finance`. */
export function officeOf({ roles, area = '' }: Pick<Me, 'roles' | 'area'>): string | undefined {
  if (roles.includes('county-officer')) return area;
  if (roles.includes('city-officer')) return 'city';
  if (roles.includes('county-finance')) return `${area}-finance`;
  return roles.includes('city-finance') ? 'city-finance' : undefined;
}

/** What an office does with a claim that waits for it; none of it where the claim waits for another. */
export function officeActs(claim: Known, office: string | undefined): NextActs<OfficeAct> {
  const { state, waitsFor, payee } = claim;
  const isDoubted = (payee?.doubts.length ?? 0) > 0;
  // Two offices confirm an account in doubt, whichever of them the claim waits for.
  const doubt: OfficeAct[] =
    office !== undefined && isDoubted && !payee!.confirmedBy.includes(office) && !ENDED.has(state)
      ? ['payee-confirmation']
      : [];
  // What was approved and is not paid goes back to the list where its facts bear less by now.
  const isCity = office === 'city' || office === 'city-finance';
  const { barredFrom: barred = [] } = claim;
  const undoing: OfficeAct[] =
    isCity && UNDONE.has(state) && !barred.includes('joint-review') ? ['proposal-withdrawal'] : [];
  const isCounty = office !== undefined && office === claim.office && !barred.includes('county-check');
  const looks = isCounty ? looksAtOffered(claim) : [];
  if (office === undefined || !waitsFor?.offices.includes(office)) {
    const hears = state === 'paid' && office !== undefined && paysFor(claim, office) && !barred.includes('payment');
    const own: OfficeAct[] = [...(hears ? ['bounce' as const] : []), ...actsOnReturned(claim, office)];
    const first = looks.find((look) => look === 'payee-check');
    return { first, more: [...looks.filter((look) => look !== first), ...own, ...undoing, ...doubt] };
  }
  const { first, more } = actsOfStage(claim);
  const over: OfficeAct[] = CARRIED_THROUGH.has(waitsFor.stage) && claim.steps.some(isOf(office)) ? ['handover'] : [];
  // Whoever acted in another stage, or holds the payment's first hand, only hands it on.
  if (barred.includes(waitsFor.stage)) return { more: ['hand-up', ...over, ...looks, ...undoing, ...doubt] };
  return { first, more: [...more, ...looks, ...undoing, ...doubt, 'hand-up', ...over] };
}

/** Whether somebody of an office that a claim waits for may not be the one who acts. */
export const isBarred = ({ waitsFor, barredFrom = [] }: Known, office: string | undefined): boolean =>
  office !== undefined &&
  waitsFor !== undefined &&
  waitsFor.offices.includes(office) &&
  barredFrom.includes(waitsFor.stage);

/** What 免申即享 offers was looked at by no county yet: its account, and what is found about the firm, before the list. */
function looksAtOffered({ state, mode, payee, findings }: Known): OfficeAct[] {
  if (state !== 'jointly-reviewed' || mode !== 'no-application') return [];
  const account: OfficeAct[] = payee && !payee.checked ? ['payee-check'] : [];
  return findings ? account : [...account, 'findings'];
}

/** A firm that never answers would hold up its round: the office that gave the claim back may refuse it. */
function actsOnReturned({ state, steps, barredFrom = [] }: Known, office: string | undefined): OfficeAct[] {
  const last = steps.findLast(({ type }) => type === 'ClaimReturned');
  if (state !== 'returned' || office === undefined || !last || !isOf(office)(last)) return [];
  return (barredFrom as readonly unknown[]).includes(last.details.stage) ? [] : ['refusal'];
}

const UNDONE = new Set(['approved', 'passed-down']);

/** Stages that one person carries through: what he began goes to another by 移交 alone. */
const CARRIED_THROUGH = new Set(['county-check', 'city-check']);

const isOf =
  (office: string) =>
  ({ by }: Pick<ClaimView['steps'][number], 'by'>): boolean =>
    by?.role !== undefined && officeOf({ roles: [by.role], area: by.area }) === office;

const ENDED = new Set(['paid', 'withdrawn', 'not-supported', 'to-recover', 'recovered']);

/** The office that paid is the one that hears of a payment which came back. */
const paysFor = ({ steps }: Known, office: string): boolean => {
  const paid = steps.findLast(({ type }) => type === 'PaymentMade')?.by;
  return paid !== undefined && officeOf({ roles: [paid.role ?? ''], area: paid.area }) === office;
};

function actsOfStage(claim: Known): NextActs<OfficeAct> {
  const { state, mode, waitsFor, openObjections, payment, recoveryNow } = claim;
  switch (waitsFor!.stage) {
    case 'county-check': {
      const looks: OfficeAct[] = ['payee-check', 'findings', 'relation-checks'];
      const more: OfficeAct[] = ['return', 'refusal', ...looks];
      return { first: 'county-check', more };
    }
    case 'city-check':
      return { first: 'city-check', more: ['return', 'refusal', 'relation-checks'] };
    case 'joint-review':
      if (state === 'city-passed') return { first: 'joint-review', more: ['return', 'refusal'] };
      if (state === 'jointly-reviewed') {
        const looks: OfficeAct[] = mode === 'no-application' ? ['relation-checks'] : [];
        return { first: 'proposal', more: ['refusal', ...looks] };
      }
      if (state === 'proposed') return { first: 'notice', more: ['proposal-withdrawal', 'refusal'] };
      return openObjections > 0
        ? { first: 'objection', more: ['proposal-withdrawal', 'refusal'] }
        : { more: ['proposal-withdrawal', 'refusal'] };
    case 'approval':
      return { first: 'approval', more: ['proposal-withdrawal'] };
    case 'passing-down':
      return { first: 'funds', more: [] };
    case 'payment':
      return payment === undefined
        ? { first: 'payments', more: [] }
        : { first: 'receipt', more: ['payment-cancellation'] };
    case 'review':
      return { first: 'review', more: [] };
    case 'recovery':
      switch (recoveryNow?.state) {
        case 'opened':
          return { first: 'recovery-confirmation', more: ['recovery-drop'] };
        case 'confirmed':
          return { first: 'recovery-decision', more: [] };
        case 'decided':
          return recoveryNow.against === undefined
            ? { first: 'recovery-payment', more: [] }
            : { first: 'recovery-offset', more: ['recovery-payment'] };
        default:
          return { more: [] };
      }
  }
}
