import { Input, Radio } from 'antd';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { useChoices } from '../kit/labels';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { firmName, otherFirm, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('ending', {
  title: ['提前结束或违约', 'End early, or default'],
  kind: ['哪一种', 'Which'],
  reason: ['原因', 'Reason'],
  reasonHelp: ['不写姓名和电话', 'No names, no phone numbers'],
  files: ['凭证', 'Evidence'],
  submit: ['提出结束', 'Propose to end it'],
  told: [
    '{{other}}确认后生效：不再送货，没送的数量退回需求，可以再定标；已送的照常开票、付款。',
    'Once {{other}} confirms it nothing more is delivered, the rest returns to the listing and may be awarded again; what was delivered is invoiced and paid as agreed.',
  ],
});

type Typed = {
  readonly kind?: Api['EndForm']['kind'];
  readonly reason?: string;
  readonly attachments?: Api['AttachmentRef'][];
};

/** 提前结束, 违约. */
export function EndingPage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('ending')}>
      {(order) => <EndingForm order={order} />}
    </ActPage>
  );
}

function EndingForm({ order: view }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const { order } = view;
  const kinds = useChoices('end-kind');
  const { fact, draft } = useEntry<Typed>(`order.${order}.ending`);
  const write = useWrite('post', '/api/orders/{order}/endings', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  return (
    <WriteForm<Typed>
      draft={draft}
      onSubmit={({ kind, reason = '', attachments = [] }) =>
        write.mutate({
          path: { order },
          body: { fact, kind: kind!, reason: reason.trim(), attachments: attachments.map(({ id }) => id) },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('submit')}
      danger
      consequence={t('told', { other: firmName(otherFirm(view)) })}
    >
      <Field name="kind" label={t('kind')} required>
        <Radio.Group className="tall-radios" options={kinds} />
      </Field>
      <Field name="reason" label={t('reason')} help={t('reasonHelp')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
