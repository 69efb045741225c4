import { Modal } from 'antd';
import { useState } from 'react';
import type { PathsWith } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { WriteForm } from '../kit/write-form';
import { bodyOf, type Typed } from './claim-act-body';
import { ActFields } from './claim-act-fields';
import type { ClaimView, OfficeAct } from './claim-next';

const TEXTS = {
  return: ['退回补正', 'Return it'],
  returnText: ['缺什么要一次列全，之后只能再提已列出的', 'Name all that is lacking at once; later only what was named'],
  'payee-check': ['核对收款账户', 'Look at the account'],
  'payee-checkText': [
    '系统比对户名和账号是否被别家使用，结果记录在案',
    'Holder and number are compared, and what is found is recorded',
  ],
  findings: ['登记信用查询结果', 'Record what registers hold'],
  findingsText: [
    '没有发现也要登记；政策有排除情形时才能继续办理',
    'None is recorded too; a policy with exclusions needs it',
  ],
  'relation-checks': ['核查新对接', 'Check that it is new'],
  'relation-checksText': [
    '只有“经核查无往来”能通过复审，且要双方都已承诺',
    'Only “checked, none” passes the city check, after both pledged',
  ],
  'county-check': ['初审通过', 'Pass the county check'],
  'county-checkText': ['转市工信局复审', 'It goes on to the bureau'],
  'city-check': ['复审通过', 'Pass the city check'],
  'city-checkText': [
    '计入的发票都要查验为正常，新对接都要核查；转会审',
    'Every invoice valid, every new pair checked; it goes on to the joint review',
  ],
  'joint-review': ['会审通过', 'Review jointly'],
  'joint-reviewText': ['以会议纪要为准', 'By its minutes'],
  proposal: ['列入拟补助名单', 'Propose it'],
  proposalText: ['收款账户随即冻结；之后可公示', 'The account is frozen; the public notice comes next'],
  'proposal-withdrawal': ['撤出名单', 'Take it off the list'],
  'proposal-withdrawalText': ['公示同时结束，可重新拟定', 'Its notice ends too; it may be proposed anew'],
  notice: ['开始公示', 'Start the public notice'],
  noticeText: [
    '按政策的工作日天数公示，任何人可以看、可以提异议',
    'For the working days of the policy; anybody reads it and may object',
  ],
  objection: ['处理异议', 'Decide an objection'],
  objectionText: ['答复内容企业看得到，异议人的姓名看不到', 'The firm reads the answer, never who objected'],
  refusal: ['不予支持', 'Refuse support'],
  refusalText: ['企业可申请一次复核', 'The firm may ask for one review'],
  approval: ['审定', 'Approve'],
  approvalText: [
    '占用企业额度和批次预算，以会议纪要为准',
    "Reserved with the firm's entitlement and the budget, by its minutes",
  ],
  funds: ['下达资金', 'Pass the funds down'],
  fundsText: ['以资金下达文号为准', 'By its document'],
  'payee-confirmation': ['确认存疑账户', 'Confirm the account all the same'],
  'payee-confirmationText': ['两个不同单位的人都确认后才能拨付', 'Two officers of different offices must confirm it'],
  payments: ['拨付经办', 'Prepare the payment'],
  paymentsText: ['由另一人凭银行回单完成拨付', "Another person completes it with the bank's receipt"],
  receipt: ['登记银行回单', "Record the bank's receipt"],
  receiptText: ['不能与经办是同一人', 'Not by whoever prepared it'],
  'payment-cancellation': ['撤销拨付', 'Cancel the payment'],
  'payment-cancellationText': [
    '只在没有提交银行、以后也不提交时撤销；已付出的要登记银行回单',
    "Only what did not go to the bank, and will not; what was paid needs the bank's receipt",
  ],
  bounce: ['登记退票', 'The bank gave it back'],
  bounceText: ['回到已审定，重新拨付', 'It is approved again, to be paid anew'],
  review: ['复核决定', 'Decide the review'],
  reviewText: ['由没有参与不予支持决定的人作出', 'By somebody who did not refuse'],
  'recovery-drop': ['不予追回', 'Drop the recovery'],
  'recovery-dropText': ['企业还不知情，也不会收到通知', 'The firm was not told, and is not'],
  'recovery-confirmation': ['确认追回', 'Confirm the recovery'],
  'recovery-confirmationText': ['企业会收到通知，可以陈述申辩', 'The firm is told and may state its case'],
  'recovery-decision': ['作出追回决定', 'Decide the recovery'],
  'recovery-decisionText': ['企业陈述后，或期限过后', 'After the firm was heard, or the time for it is over'],
  'recovery-offset': ['办理抵扣', 'Keep it back'],
  'recovery-offsetText': [
    '从决定所指的那份补助中扣下，那份只拨付余额；由作出决定以外的人办理',
    'Kept back from the award that the decision names, of which only the rest is paid; by another than who decided',
  ],
  'recovery-payment': ['登记退回款', 'Record money that came back'],
  'recovery-paymentText': ['足额后办结', 'It is over once all came back'],
  'hand-up': ['提交上级办理', 'Hand it up'],
  'hand-upText': ['本单位人手不够、要回避时', 'Where the office is short of people'],
  handover: ['移交同事办理', 'Hand it over'],
  handoverText: [
    '由负责人把别人手上的这一步交给另一位同事，记录在案；不能交给自己',
    'A head gives this stage, which somebody began, to another colleague, on record; never to himself',
  ],
} as const;
const words = defineWords('claim-act', TEXTS);

/** A hook: the word on the button of an act, and what pressing it does. */
export function useOfficeActWords(): (act: OfficeAct) => { readonly text: string; readonly consequence: string } {
  const t = words.use();
  return (act) => ({ text: t(act), consequence: t(`${act}Text`) });
}

const DANGER = new Set<OfficeAct>(['return', 'refusal', 'proposal-withdrawal', 'payment-cancellation', 'bounce']);

const ROUTES = {
  receipt: '/api/claims/{claim}/payments/{payment}/receipt',
  'payment-cancellation': '/api/claims/{claim}/payments/{payment}/cancellation',
  bounce: '/api/claims/{claim}/payments/{payment}/bounce',
  objection: '/api/claims/{claim}/objections/{objection}/decision',
  notice: '/api/notices',
  'recovery-drop': '/api/claims/{claim}/recoveries/{recovery}/drop',
  'recovery-confirmation': '/api/claims/{claim}/recoveries/{recovery}/confirmation',
  'recovery-decision': '/api/claims/{claim}/recoveries/{recovery}/decision',
  'recovery-offset': '/api/claims/{claim}/recoveries/{recovery}/offsets',
  'recovery-payment': '/api/claims/{claim}/recoveries/{recovery}/payments',
} as const satisfies Partial<Record<OfficeAct, PathsWith<'post'>>>;

const routeOf = (act: OfficeAct): PathsWith<'post'> =>
  (ROUTES as Partial<Record<OfficeAct, PathsWith<'post'>>>)[act] ?? (`/api/claims/{claim}/${act}` as PathsWith<'post'>);

/** The form of one act of an office. */
export function OfficeActDialog({ act, of, onClose }: { act: OfficeAct; of: ClaimView; onClose: () => void }) {
  const wording = useOfficeActWords()(act);
  const [id] = useState(() => crypto.randomUUID());
  // The routes of acts differ in their bodies alone, which the fields of the act make; the compiler cannot follow the choice.
  const write = useWrite('post', routeOf(act) as '/api/claims/{claim}/refusal', { onDone: onClose });
  const send = (typed: Typed): void => {
    const { claim, recoveryNow, payment } = of;
    const objection = typed.objection ?? '';
    const path = {
      claim,
      objection,
      recovery: recoveryNow?.recovery ?? '',
      payment: paymentOf(act, of) ?? payment ?? '',
    };
    write.mutate({ path, body: bodyOf(act, typed, of, id) } as never);
  };
  return (
    <Modal open title={wording.text} footer={null} onCancel={onClose} destroyOnHidden width={600}>
      <WriteForm<Typed>
        onSubmit={send}
        pending={write.isPending}
        problem={write.error}
        submit={wording.text}
        consequence={wording.consequence}
        danger={DANGER.has(act)}
        initial={{ ...(act === 'recovery-decision' && { due: of.recoveryNow?.due, way: 'at-once' }) }}
      >
        <ActFields act={act} of={of} />
      </WriteForm>
    </Modal>
  );
}

/** A payment that came back is the last one that was made. */
function paymentOf(act: OfficeAct, { steps }: ClaimView): string | undefined {
  if (act !== 'bounce') return undefined;
  const made = steps.findLast(({ type }) => type === 'PaymentMade')?.details.payment;
  return typeof made === 'string' ? made : undefined;
}
