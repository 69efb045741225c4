import { Input, Select } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';
import { LoanFields, loanTyped, RateFields, rateTyped, typedOf, type TypedLoan, type TypedRate } from './loan-fields';

export type LoanAct = 'repay' | 'rate' | 'correct' | 'strike' | 'strikeEntry' | 'dispute' | 'handover';
type Props = { readonly of: Api['LoanView']; readonly entry?: string | undefined; readonly onDone: () => void };

const words = defineWords('loan-acts', {
  paidOn: ['还款日', 'Paid on'],
  principal: ['归还本金（元）', 'Principal (yuan)'],
  files: ['凭证', 'Vouchers'],
  repay: ['登记', 'Enter'],
  repayText: ['还款日起，这部分本金不再计息', 'From that day on this principal bears no interest'],
  from: ['新利率自哪天起', 'First day of the new rate'],
  rate: ['登记', 'Enter'],
  rateText: ['再贷款利率不填则不变', 'A relending rate left empty stays as it was'],
  reason: ['原因', 'Reason'],
  correct: ['更正', 'Correct'],
  correctText: [
    '企业须再次确认；原来的登记保留在经过里',
    'The firm confirms it anew; the story keeps what stood before',
  ],
  strike: ['撤销', 'Strike'],
  strikeText: ['不再作为贴息依据，企业会收到通知', 'It counts for no subsidy any more; the firm is told'],
  text: ['说明', 'In your words'],
  entry: ['哪一条', 'Which entry'],
  whole: ['整笔贷款', 'the loan itself'],
  dispute: ['提出异议', 'Dispute'],
  disputeText: [
    '银行会收到；更正并确认前不作为贴息依据',
    'The bank is told; until it is settled the loan counts for no subsidy',
  ],
  bank: ['移交给', 'Hand over to'],
  handover: ['移交', 'Hand over'],
  handoverText: ['只移交给同一银行的账号', 'Only to another account of the same bank'],
});

/** The form of one act on a loan; what it sends is the body of its route. */
export function LoanActForm({ act, ...props }: Props & { readonly act: LoanAct }) {
  switch (act) {
    case 'repay':
      return <Repay {...props} />;
    case 'rate':
      return <Rate {...props} />;
    case 'correct':
      return <Correct {...props} />;
    case 'strike':
    case 'strikeEntry':
      return <Strike {...props} />;
    case 'dispute':
      return <Dispute {...props} />;
    case 'handover':
      return <Handover {...props} />;
  }
}

type Files = { readonly attachments?: Api['AttachmentRef'][] };
const ids = (files: Api['AttachmentRef'][] = []): string[] => files.map(({ id }) => id);

function Vouchers() {
  const t = words.use();
  return (
    <Field name="attachments" label={t('files')}>
      <FilesInput />
    </Field>
  );
}

function Repay({ of: { loan }, onDone }: Props) {
  const t = words.use();
  const [entry] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/loans/{loan}/repayments', { onDone });
  return (
    <WriteForm<{ paidOn: string; principal: string } & Files>
      onSubmit={({ attachments, ...form }) =>
        write.mutate({ path: { loan }, body: { entry, ...form, attachments: ids(attachments) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('repay')}
      consequence={t('repayText')}
    >
      <Field name="paidOn" label={t('paidOn')} required>
        <DayInput />
      </Field>
      <Field name="principal" label={t('principal')} required>
        <DecimalInput />
      </Field>
      <Vouchers />
    </WriteForm>
  );
}

function Rate({ of: { loan }, onDone }: Props) {
  const t = words.use();
  const [entry] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/loans/{loan}/rates', { onDone });
  return (
    <WriteForm<{ from: string; rate: TypedRate } & Files>
      onSubmit={({ attachments, from, rate }) =>
        write.mutate({ path: { loan }, body: { entry, from, rate: rateTyped(rate), attachments: ids(attachments) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('rate')}
      consequence={t('rateText')}
    >
      <Field name="from" label={t('from')} required>
        <DayInput />
      </Field>
      <RateFields />
      <Vouchers />
    </WriteForm>
  );
}

function Correct({ of, onDone }: Props) {
  const t = words.use();
  const [entry] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/loans/{loan}/corrections', { onDone });
  type Form = TypedLoan & { reason: Api['LoanCorrectionForm']['reason'] } & Files;
  return (
    <WriteForm<Form>
      initial={typedOf(of)}
      onSubmit={({ attachments, reason, ...form }) =>
        write.mutate({
          path: { loan: of.loan },
          body: { entry, reason, ...loanTyped(form), attachments: ids(attachments) },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('correct')}
      consequence={t('correctText')}
    >
      <LoanFields isCorrection />
      <Field name="reason" label={t('reason')} required>
        <ChoiceSelect kind="loan-strike" />
      </Field>
      <Vouchers />
    </WriteForm>
  );
}

function Strike({ of: { loan }, entry, onDone }: Props) {
  const t = words.use();
  const whole = useWrite('post', '/api/loans/{loan}/strike', { onDone });
  const one = useWrite('post', '/api/loans/{loan}/entries/{entry}/strike', { onDone });
  const write = entry === undefined ? whole : one;
  return (
    <WriteForm<Api['LoanStrikeForm']>
      onSubmit={(body) =>
        entry === undefined ? whole.mutate({ path: { loan }, body }) : one.mutate({ path: { loan, entry }, body })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('strike')}
      consequence={t('strikeText')}
      danger
    >
      <Field name="reason" label={t('reason')} required>
        <ChoiceSelect kind="loan-strike" />
      </Field>
    </WriteForm>
  );
}

function Dispute({ of: { loan, rates, repayments }, onDone }: Props) {
  const t = words.use();
  const [dispute] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/loans/{loan}/dispute', { onDone });
  const entries = [
    ...rates.flatMap(({ entry, from }) => (entry === undefined ? [] : [{ value: entry, label: from }])),
    ...repayments.map(({ entry, paidOn, principal }) => ({ value: entry, label: `${paidOn} ${principal}` })),
  ];
  type Form = Pick<Api['LoanDisputeForm'], 'reason' | 'entry' | 'text'>;
  return (
    <WriteForm<Form>
      onSubmit={({ reason, entry, text }) =>
        write.mutate({ path: { loan }, body: { dispute, reason, ...(entry && { entry }), ...(text && { text }) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('dispute')}
      consequence={t('disputeText')}
      danger
    >
      <Field name="reason" label={t('reason')} required>
        <ChoiceSelect kind="loan-dispute" />
      </Field>
      {entries.length > 0 && (
        <Field name="entry" label={t('entry')}>
          <Select allowClear options={entries} placeholder={t('whole')} />
        </Field>
      )}
      <Field name="text" label={t('text')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
    </WriteForm>
  );
}

function Handover({ of: { loan, bank }, onDone }: Props) {
  const t = words.use();
  const banks = useGet('/api/finance-banks', {});
  const write = useWrite('post', '/api/loans/{loan}/handover', { onDone });
  const others = banks.data?.items.filter(({ account }) => account !== bank.account) ?? [];
  return (
    <WriteForm<{ bank: string }>
      onSubmit={(body) => write.mutate({ path: { loan }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('handover')}
      consequence={t('handoverText')}
    >
      <Field name="bank" label={t('bank')} required>
        <Select options={others.map(({ account, name }) => ({ value: account, label: name ?? account }))} />
      </Field>
    </WriteForm>
  );
}
