import { Input, Modal, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useDraft } from '../kit/drafts';
import { FilesInput } from '../kit/files';
import { useChoices } from '../kit/labels';
import { Field, WriteForm } from '../kit/write-form';
import { FactFields, useFactTitle } from './fact-text';
import type { FactAct, FactView, OrderView } from './order-view';

const words = defineWords('fact-dialog', {
  confirmation: ['确认', 'Confirm'],
  confirmed: [
    '确认后计入订单，不能再改；对方立即知道。',
    'It then counts and cannot be changed; the other side is told.',
  ],
  dispute: ['提出争议', 'Dispute'],
  disputed: [
    '对方立即知道；有争议的不计入，可由双方说清后再确认，或由工信部门认定。',
    'The other side is told. What is disputed does not count until you confirm it after all or the office decides.',
  ],
  why: ['哪里不对', 'What is wrong'],
  text: ['说明', 'Explanation'],
  textHelp: ['双方、工信部门和审计看得到', 'Read by both firms, the offices and the auditor'],
  withdrawal: ['收回', 'Take back'],
  withdrawn: ['收回后不再计入，可重新登记。', 'It then counts for nothing, and may be entered anew.'],
  decision: ['工信认定', 'The office decides'],
  decided: [
    '认定成立的计入订单，并记明由工信部门认定；双方都收到通知。',
    'What is accepted counts, and is marked as accepted by the office. Both firms are told.',
  ],
  result: ['认定结果', 'Decision'],
  grounds: ['依据和理由', 'Grounds'],
  voucher: ['签字的送货单或其他凭证（认定成立必须有）', 'The signed note or another voucher (needed where it holds)'],
});

export type DialogAct = Exclude<FactAct, 'acceptance'>;
type Props = { readonly order: OrderView; readonly fact: FactView; readonly onDone: () => void };

/** One act on one fact: what it says, and what the act will do. */
export function FactDialog({
  act,
  onClose,
  ...props
}: Omit<Props, 'onDone'> & { act: DialogAct; onClose: () => void }) {
  const t = words.use();
  const title = useFactTitle();
  const Form = FORMS[act];
  return (
    <Modal open title={`${t(act)} · ${title(props.fact)}`} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="form-gap">
        <FactFields fact={props.fact} order={props.order} />
      </div>
      <Form {...props} onDone={onClose} />
    </Modal>
  );
}

const FORMS: Record<DialogAct, (props: Props) => ReactNode> = {
  confirmation: ConfirmForm,
  dispute: DisputeForm,
  withdrawal: WithdrawForm,
  decision: DecisionForm,
};

function ConfirmForm({ order: { order }, fact: { fact }, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/orders/{order}/facts/{fact}/confirmation', { onDone });
  return (
    <WriteForm
      onSubmit={() => write.mutate({ path: { order, fact } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('confirmation')}
      consequence={t('confirmed')}
    >
      {null}
    </WriteForm>
  );
}

function WithdrawForm({ order: { order }, fact: { fact }, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/orders/{order}/facts/{fact}/withdrawal', { onDone });
  return (
    <WriteForm
      onSubmit={() => write.mutate({ path: { order, fact } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('withdrawal')}
      danger
      consequence={t('withdrawn')}
    >
      {null}
    </WriteForm>
  );
}

function DisputeForm({ order: { order }, fact: { fact }, onDone }: Props) {
  const t = words.use();
  const reasons = useChoices('dispute-reason');
  const draft = useDraft<Api['DisputeForm']>(`order.${order}.dispute.${fact}`);
  const write = useWrite('post', '/api/orders/{order}/facts/{fact}/dispute', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      onDone();
    },
  });
  return (
    <WriteForm<Api['DisputeForm']>
      draft={draft}
      onSubmit={({ reason, text }) =>
        write.mutate({ path: { order, fact }, body: { reason, ...(text?.trim() && { text: text.trim() }) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('dispute')}
      danger
      consequence={t('disputed')}
    >
      <Field name="reason" label={t('why')} required>
        <Radio.Group className="tall-radios" options={reasons} />
      </Field>
      <Field name="text" label={t('text')} help={t('textHelp')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
    </WriteForm>
  );
}

type Decided = Omit<Api['DecisionForm'], 'attachments'> & { readonly attachments?: Api['AttachmentRef'][] };

function DecisionForm({ order: { order }, fact: { fact }, onDone }: Props) {
  const t = words.use();
  const results = useChoices('fact-decision');
  const draft = useDraft<Decided>(`order.${order}.decision.${fact}`);
  const write = useWrite('post', '/api/orders/{order}/facts/{fact}/decision', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      onDone();
    },
  });
  return (
    <WriteForm<Decided>
      draft={draft}
      onSubmit={({ attachments = [], ...body }) =>
        write.mutate({ path: { order, fact }, body: { ...body, attachments: attachments.map(({ id }) => id) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('decision')}
      consequence={t('decided')}
    >
      <Field name="decision" label={t('result')} required>
        <Radio.Group className="tall-radios" options={results} />
      </Field>
      <Field name="text" label={t('grounds')} required>
        <Input.TextArea rows={4} maxLength={4000} />
      </Field>
      <Field name="attachments" label={t('voucher')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
