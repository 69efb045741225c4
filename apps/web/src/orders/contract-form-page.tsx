import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { ActPage } from './act-page';
import { ContractFields, contractOf, type TypedContract } from './contract-fields';
import { asPercent } from './order-amounts';
import { firmName, otherFirm, type OrderView } from './order-view';
import { useEntry } from './use-entry';
import { Field, WriteForm } from '../kit/write-form';
import { dayText, platformNow } from '../kit/time';

const words = defineWords('contract-form', {
  title: ['合同', 'Contract'],
  files: ['签好的合同（扫描件或照片）', 'The signed contract (scan or photo)'],
  submit: ['提交合同', 'Enter the contract'],
  told: [
    '{{other}}确认后生效。签订日期决定企业规模、关联、名单按哪天看，也决定付款期限按哪一版规定。',
    'It holds once {{other}} confirms it. Its date decides by which day sizes, relations and lists are looked at, and which payment rules hold.',
  ],
});

type Typed = { readonly contract?: TypedContract; readonly attachments?: Api['AttachmentRef'][] };

/** 合同: what both agreed beyond the award. */
export function ContractFormPage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('contract')}>
      {(order) => <ContractForm order={order} />}
    </ActPage>
  );
}

function ContractForm({ order: view }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const { order, contract } = view;
  const { fact, draft } = useEntry<Typed>(`order.${order}.contract`);
  const write = useWrite('post', '/api/orders/{order}/contract', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const days =
    contract?.paymentTermDays ?? view.lines.find((line) => line.paymentTermDays !== undefined)?.paymentTermDays;
  return (
    <WriteForm<Typed>
      initial={{
        contract: {
          signedOn: contract?.signedOn ?? dayText(new Date(platformNow())),
          paymentFrom: contract?.paymentFrom ?? 'delivery',
          paymentTermDays: days,
          number: contract?.number,
          tolerance: asPercent(contract?.tolerance),
          lateInterest: asPercent(contract?.lateInterest),
        },
      }}
      draft={draft}
      onSubmit={({ contract: typed = {}, attachments = [] }) =>
        write.mutate({
          path: { order },
          body: { fact, contract: contractOf(typed), attachments: attachments.map(({ id }) => id) },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('submit')}
      consequence={t('told', { other: firmName(otherFirm(view)) })}
    >
      <ContractFields />
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
