import { Exact, Refused, shanghaiDay } from '@app/kernel';
import { checkReason } from './claim-persons.rules';
import type { Claim, OpenClaim } from './claim-state.rules';
import type {
  Applicant,
  ClaimEvent,
  ClaimHead,
  ClaimOfficer,
  ClaimState,
  ClaimText,
  Grounds,
  Material,
  Payee,
} from './claim-story.rules';

// What the firm does with its claim.

export type FilingCommand =
  | { type: 'OfferClaim'; head: ClaimHead; grounds: Grounds; by: ClaimOfficer; at: string }
  | {
      type: 'FileClaim';
      head: ClaimHead;
      /** Of the round, and the last day of filing under its policy, which may have ended since: all days included. */
      filing: { readonly from: string; readonly to: string; readonly lastDay: string };
      required: readonly string[];
      /** All that the policy lists; what it does not ask for may be brought too. */
      listed?: readonly string[];
      materials: readonly Material[];
      payee?: Payee;
      grounds: Grounds;
      by: Applicant;
      at: string;
    }
  | {
      type: 'CompleteClaim';
      listed?: readonly string[];
      materials: readonly Material[];
      grounds: Grounds;
      by: Applicant;
      at: string;
    }
  | { type: 'SupplyMaterials'; materials: readonly Material[]; by: Applicant; at: string }
  | { type: 'NamePayee'; payee: Payee; by: Applicant; at: string }
  | { type: 'WithdrawClaim'; reason: string; by: Applicant; at: string }
  /** By either firm of the pair: the claimant, or its counterpart. */
  | { type: 'PledgeNoTrade'; pair: string; by: Applicant; at: string }
  | { type: 'AskClaimReview'; text: ClaimText; by: Applicant; at: string };

type Of<T extends FilingCommand['type']> = Extract<FilingCommand, { type: T }>;

const BEFORE_APPROVAL: readonly ClaimState[] = [
  'offered',
  'applied',
  'returned',
  'county-passed',
  'city-passed',
  'jointly-reviewed',
  'proposed',
  'on-notice',
];
const OVER: readonly ClaimState[] = ['paid', 'not-supported', 'withdrawn', 'to-recover', 'recovered'];

export function offer({ head, grounds, by, at }: Of<'OfferClaim'>, state: Claim): ClaimEvent[] {
  if (state) throw new Refused('claim-exists');
  checkAward(grounds);
  return [{ type: 'ClaimOffered', data: { ...head, by, grounds, at } }];
}

export function file(command: Of<'FileClaim'>, state: Claim): ClaimEvent[] {
  const { head, filing, required, listed = [], materials, payee, grounds, by, at } = command;
  if (state && state.state !== 'offered') throw new Refused('claim-exists');
  if (state) checkOwn(state, by);
  const day = shanghaiDay(at);
  if (day < filing.from) throw new Refused('filing-not-begun', { from: filing.from });
  const to = filing.lastDay < filing.to ? filing.lastDay : filing.to;
  if (day > to) throw new Refused('filing-closed', { to });
  checkMaterials([...required, ...listed], materials);
  checkAward(grounds);
  const mode = state ? 'no-application' : 'applied';
  const data = { ...head, mode, required, materials, pledged: true, by, grounds, at } as const;
  return [{ type: 'ClaimFiled', data }, ...(payee ? [named(payee, by, at)] : [])];
}

export function asFirm(
  command: Exclude<FilingCommand, { type: 'OfferClaim' | 'FileClaim' | 'PledgeNoTrade' }>,
  state: OpenClaim,
): ClaimEvent[] {
  const { by, at } = command;
  checkOwn(state, by);
  switch (command.type) {
    case 'CompleteClaim':
      return complete(command, state);
    case 'SupplyMaterials': {
      const { materials } = command;
      if (OVER.includes(state.state) || state.deferred.length === 0) throw new Refused('claim-nothing-deferred');
      const open = state.deferred.map(({ material }) => material);
      checkMaterials(open, materials);
      return [{ type: 'MaterialsSupplied', data: { materials, by, at } }];
    }
    case 'NamePayee': {
      const { payee } = command;
      if (OVER.includes(state.state)) throw new Refused('claim-over');
      if (state.payee?.commitment === payee.commitment) return [];
      // The bank may have been told the account before.
      if (state.payment) throw new Refused('payment-prepared');
      const late = { type: 'PayeeDoubted', data: { doubt: 'changed-after-freeze', at } } as const;
      return [named(payee, by, at), ...(state.payee?.frozen ? [late] : [])];
    }
    case 'WithdrawClaim': {
      if (!BEFORE_APPROVAL.includes(state.state)) throw new Refused('claim-not-withdrawable');
      checkReason(command.reason);
      return [{ type: 'ClaimWithdrawn', data: { reason: command.reason, by, at } }];
    }
    case 'AskClaimReview': {
      if (state.state !== 'not-supported') throw new Refused('claim-not-refused');
      if (state.review !== undefined) throw new Refused('claim-reviewed-once');
      return [{ type: 'ClaimReviewAsked', data: { text: command.text, by, at } }];
    }
  }
}

const CODE = /^[0-9A-Z]{18}$/;

export function pledge({ pair, by, at }: Of<'PledgeNoTrade'>, state: OpenClaim): ClaimEvent[] {
  const firms = pair.split('/');
  // Anything else in it would be a text that nobody screens.
  const isPair = firms.length === 2 && firms.every((firm) => CODE.test(firm)) && firms[0] !== firms[1];
  if (!isPair || !firms.includes(by.enterprise) || !firms.includes(state.firm.enterprise))
    throw new Refused('claim-unknown');
  // Another registration on the beneficiary's code is not the beneficiary.
  if (by.enterprise === state.firm.enterprise) checkOwn(state, by);
  if (state.relations.get(pair)?.pledges.includes(by.enterprise)) return [];
  if (!BEFORE_APPROVAL.includes(state.state)) throw new Refused('claim-over');
  return [{ type: 'NoTradePledged', data: { pair, by, at } }];
}

function complete({ listed = [], materials, grounds, by, at }: Of<'CompleteClaim'>, state: OpenClaim): ClaimEvent[] {
  const { returned } = state;
  if (state.state !== 'returned' || !returned) throw new Refused('claim-not-returned');
  checkMaterials([...state.required, ...listed], materials);
  const named = (state.nameable.get(returned.stage) ?? []).filter((material) => state.required.includes(material));
  const left = named.filter((material) => !materials.some((one) => one.material === material));
  if (left.length > 0) throw new Refused('claim-gaps-left', { materials: left.join(', ') }, 'materials');
  return [{ type: 'ClaimCompleted', data: { materials, by, grounds, at } }];
}

export function checkAward({ award }: Grounds): void {
  if (!new Exact(award).greaterThan(0)) throw new Refused('claim-award-zero');
}

function checkOwn({ firm }: OpenClaim, by: Applicant): void {
  if (firm.registration !== by.registration) throw new Refused('claim-unknown');
}

function checkMaterials(known: readonly string[], materials: readonly Material[]): void {
  materials.forEach(({ material, files }, index) => {
    if (!known.includes(material)) throw new Refused('material-not-listed', {}, `materials/${index}/material`);
    if (files.length === 0) throw new Refused('material-empty', {}, `materials/${index}/files`);
  });
}

const named = (payee: Payee, by: Applicant, at: string): ClaimEvent => ({
  type: 'PayeeNamed',
  data: { ...payee, by, at },
});
