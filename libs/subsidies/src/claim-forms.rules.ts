import { CalendarDate, Flag, ListOf, Money, Nested, OneOf, OptionalText, Strings, Text, Uscc, Uuid } from '@app/kernel';
import { CLAIM_STAGES, FINDING_GROUNDS, RECOVERY_WAYS, RELATION_RESULTS } from './claim-story.rules';
import type { ClaimStage, RecoveryWay, RelationResult } from './claim-story.rules';

// What claims take.

const REASON = { description: 'short, and without names of people', example: '材料齐全，与事实一致' };
const PAIR = { description: '`<lead>/<supplier>`', example: '91350100M000100Y43/91350100M000100Y43' };

export class SelfCheckForm {
  @Uuid() round: string;
}

export class MaterialForm {
  @Text(40, { description: "the policy's name of it", example: 'contract' }) material: string;
  @Strings('uuid', { min: 1, most: 50, description: 'attachments that the firm uploaded' }) files: string[];
}

export class PayeeForm {
  @Uuid() payee: string;
  @Text(100, { description: '户名', example: '晋江某鞋材有限公司' }) holder: string;
  @Text(100, { description: '开户行', example: '中国银行晋江支行' }) bank: string;
  @Text(40, { description: '账号', example: '4010 0000 0000 0001' }) number: string;
}

export class ClaimForm {
  @Uuid() claim: string;
  @Uuid() round: string;
  @ListOf(() => MaterialForm, { most: 50 }) materials: MaterialForm[];
  @Nested(() => PayeeForm, { optional: true }) payee?: PayeeForm;
}

export class MaterialsForm {
  @ListOf(() => MaterialForm, { most: 50 }) materials: MaterialForm[];
}

export class ClaimReasonForm {
  @Text(500, REASON) reason: string;
}

export class PledgeForm {
  @Text(40, PAIR) pair: string;
}

export class ClaimTextForm {
  @Text(4000, { example: '请复核第三批订单的认定' }) text: string;
}

export class HearingForm {
  @Text(4000, { example: '该红字发票系开票信息有误后重开' }) text: string;
  @Strings('uuid', { optional: true, most: 20 }) files?: string[];
}

export class ClaimGapForm {
  @Text(40, { description: 'a material, or what else is lacking', example: 'contract' }) material: string;
  @Text(300, { example: '缺盖章页' }) note: string;
}

export class ReturnClaimForm extends ClaimReasonForm {
  @ListOf(() => ClaimGapForm, { min: 1, most: 50 }) gaps: ClaimGapForm[];
}

export class PayeeCheckForm {
  @Uuid() payee: string;
}

export class PayeeConfirmationForm extends ClaimReasonForm {
  @Uuid() payee: string;
}

export class ClaimFindingForm {
  @OneOf(FINDING_GROUNDS) ground: (typeof FINDING_GROUNDS)[number];
  @CalendarDate() from: string;
  @CalendarDate({ optional: true }) to?: string;
}

export class FindingsForm extends ClaimReasonForm {
  @ListOf(() => ClaimFindingForm, { most: 50 }) findings: ClaimFindingForm[];
}

export class RelationForm extends ClaimReasonForm {
  @Text(40, PAIR) pair: string;
  @OneOf(RELATION_RESULTS) result: RelationResult;
  @CalendarDate({ description: 'day of the check' }) checkedOn: string;
}

export class DeferredForm {
  @Text(40, { example: 'payment-vouchers' }) material: string;
  @CalendarDate({ description: 'last day to bring it' }) until: string;
}

export class CountyCheckForm extends ClaimReasonForm {
  @ListOf(() => DeferredForm, { optional: true, most: 50, description: '容缺' }) deferred?: DeferredForm[];
}

export class MinutesForm extends ClaimReasonForm {
  @Text(100, { description: '会议纪要', example: '会议纪要〔2021〕3号' }) minutes: string;
}

export class ProposalForm extends ClaimReasonForm {
  @Uuid({ description: 'the list of one joint review, named by its claims alike' }) list: string;
}

export class ReviewDecisionForm extends ClaimReasonForm {
  @OneOf(['kept', 'reopened']) result: 'kept' | 'reopened';
}

export class ObjectionDecisionForm extends ClaimReasonForm {
  @OneOf(['upheld', 'rejected']) result: 'upheld' | 'rejected';
  @Text(4000, { example: '经核实，送货单与入库记录一致' }) text: string;
}

export class FundsForm extends ClaimReasonForm {
  @Text(100, { description: '资金下达文号', example: '泉财企指〔2021〕8号' }) document: string;
}

export class PaymentForm extends ClaimReasonForm {
  @Uuid() payment: string;
  @Uuid() payee: string;
}

export class ReceiptForm extends ClaimReasonForm {
  @Uuid() payee: string;
  @Text(60, { description: "the bank's receipt number", example: '2021021800012345' }) receipt: string;
  @CalendarDate() paidOn: string;
}

export class BounceForm extends ClaimReasonForm {
  @Text(60, { description: "number of the bank's paper on the money that came back", example: '2021022000067890' })
  receipt: string;
  @CalendarDate({ description: 'day on it' }) bouncedOn: string;
}

export class HandUpForm extends ClaimReasonForm {
  @OneOf(CLAIM_STAGES) stage: ClaimStage;
}

export class HandOverForm extends HandUpForm {
  @Uuid({ description: "the colleague's account" }) to: string;
}

export class InstalmentForm {
  @CalendarDate() dueOn: string;
  @Money() amount: string;
}

export class RecoveryDecisionForm extends ClaimReasonForm {
  @Money() due: string;
  @OneOf(RECOVERY_WAYS) way: RecoveryWay;
  @ListOf(() => InstalmentForm, { optional: true, most: 60 }) instalments?: InstalmentForm[];
  @Uuid({
    optional: true,
    description: 'of an offset: the approved, unpaid claim of the same firm that gives the money',
  })
  against?: string;
}

export class RecoveryPaymentForm {
  @Uuid() part: string;
  @Money() amount: string;
  @Text(60, { description: "the bank's receipt number" }) receipt: string;
  @CalendarDate() paidOn: string;
}

export class RecoveryOffsetForm {
  @Uuid() part: string;
  @Money() amount: string;
  @Uuid({ description: 'the claim that the decision names' }) against: string;
}

export class NoticeForm {
  @Uuid() notice: string;
  @Strings('uuid', { min: 1, most: 500 }) claims: string[];
  @Text(100, { optional: true, description: '文号 of the notice', example: '泉工信公示〔2021〕3号' }) document?: string;
}

export class ObjectionForm {
  @Uuid() objection: string;
  @Uuid() claim: string;
  @Text(4000, { example: '该企业与其龙头企业为同一股东' }) text: string;
  @Text(50, { optional: true, description: 'shown to the auditor alone' }) name?: string;
  @OptionalText(100) contact?: string;
}

export class OffersForm {
  @Uuid() round: string;
  @Uscc({ optional: true, description: 'where an answer said `next`: that firm' }) after?: string;
}

export class ClaimChanged {
  @Uuid() claim: string;
}

export class ClaimLineResult {
  @Uuid() claim: string;
  @Uscc({ optional: true, description: 'of an offer: the firm, which has no claim yet where it failed' })
  enterprise?: string;
  @Flag() done: boolean;
  @OptionalText(100) code?: string;
  @OptionalText(300) zh?: string;
  @OptionalText(300) en?: string;
}

export class ClaimLineResults {
  @ListOf(() => ClaimLineResult, { most: 500 }) lines: ClaimLineResult[];
}

/** Firms of which there are `lines` were offered something, or could not be. */
export class OffersMade extends ClaimLineResults {
  @Uscc({ optional: true, description: 'not all firms were looked at: ask again with `after`' }) next?: string;
}

export class ObjectionTaken {
  @Uuid() objection: string;
}
