import { Input, Typography } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { useDraft } from '../kit/drafts';
import { FilesInput } from '../kit/files';
import { Read } from '../kit/page-state';
import { Field, WriteForm } from '../kit/write-form';
import { asPercent } from '../orders/order-amounts';
import { LoanFields, loanTyped, type TypedLoan } from './loan-fields';

const words = defineWords('loan-evidence', {
  title: ['登记放款', 'Evidence a loan'],
  borrower: ['借款企业的统一社会信用代码', 'Credit code of the borrower'],
  files: ['借款合同和放款凭证', 'Contract and drawing voucher'],
  submit: ['登记', 'Evidence'],
  consequence: [
    '借款企业会收到通知，确认后才作为贴息依据；同一笔贷款只能登记一次',
    'The borrower is told; it counts for an interest subsidy once confirmed. A loan is evidenced once.',
  ],
});

type Form = TypedLoan & { readonly borrower: string; readonly attachments?: Api['AttachmentRef'][] };
type Request = Api['FinanceRequestView'];

/** A bank evidences a loan, on a request that it granted (`?request=`) or by itself. */
export function EvidencePage() {
  const [params] = useSearchParams();
  const request = params.get('request') ?? undefined;
  return request === undefined ? <Page /> : <OnRequest request={request} />;
}

function OnRequest({ request }: { request: string }) {
  const page = useGet('/api/finance-requests/{request}', { path: { request } });
  return <Read query={page}>{(of) => <Page of={of} />}</Read>;
}

function Page({ of }: { of?: Request }) {
  const t = words.use();
  const go = useNavigate();
  const { account } = useSignedIn();
  const draft = useDraft<Form>(`loan.${account}.${of?.request ?? ''}`);
  const write = useWrite('post', '/api/loans', {
    keys: draft.keys,
    onDone: ({ loan }) => {
      draft.forget();
      void go(`/loans/${loan}`);
    },
  });
  const granted = of?.grant && {
    borrower: of.borrower.enterprise,
    terms: { amount: of.grant.amount, preferential: true } as TypedLoan['terms'],
    rate: { rate: asPercent(of.grant.rate) ?? '' },
  };
  return (
    <section className="page-part">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <WriteForm<Form>
        initial={{ ...granted }}
        draft={draft}
        onSubmit={({ borrower, attachments = [], ...form }) =>
          write.mutate({
            body: {
              borrower: borrower.trim().toUpperCase(),
              ...loanTyped(form),
              attachments: attachments.map(({ id }) => id),
              ...(of && { request: of.request }),
            },
          })
        }
        pending={write.isPending}
        problem={write.error}
        submit={t('submit')}
        consequence={t('consequence')}
      >
        <Field name="borrower" label={t('borrower')} required>
          <Input maxLength={18} autoCapitalize="characters" disabled={of !== undefined} />
        </Field>
        <LoanFields />
        <Field name="attachments" label={t('files')} required>
          <FilesInput />
        </Field>
      </WriteForm>
    </section>
  );
}
