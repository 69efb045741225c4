import type { ClaimView, OfficeAct } from './claim-next';

/** What the fields of all acts hold; each act sends its own. */
export type Typed = Record<string, unknown> & { readonly objection?: string };
/** The body of an act's route; `id` is that of what the act makes: a list, a notice, a payment. */
export function bodyOf(act: OfficeAct, typed: Typed, of: ClaimView, id: string): object {
  const { objection: _, ...said } = typed;
  const payee = of.payee?.payee;
  switch (act) {
    case 'payee-check':
      return { payee };
    case 'findings':
      return { findings: [], ...said };
    case 'notice':
      return { ...said, notice: id, claims: [of.claim] };
    case 'proposal':
      return { ...said, list: id };
    case 'payee-confirmation':
    case 'receipt':
      return { ...said, payee };
    case 'payments':
      return { ...said, payment: id, payee };
    case 'hand-up':
    case 'handover':
      return { ...said, stage: of.waitsFor?.stage };
    case 'recovery-offset':
      return { ...said, part: id, against: of.recoveryNow?.against };
    case 'recovery-payment':
      return { ...said, part: id };
    default:
      return said;
  }
}
