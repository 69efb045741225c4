import { Input, InputNumber } from 'antd';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { Field } from '../kit/write-form';
import { fromPercent } from './order-amounts';

const words = defineWords('contract-fields', {
  signedOn: ['签订日期', 'Signed on'],
  number: ['合同编号', 'Contract number'],
  from: ['付款期限从哪天算', 'The payment term runs from'],
  days: ['付款期限（天）', 'Payment term (days)'],
  daysHelp: [
    '大型企业欠中小企业货款：2025-06-01 起签订的合同，自交付之日起最长 60 天；合同约定另有合理期限的从约定',
    'Where a large firm owes an SME: 60 days from delivery for contracts from 2025-06-01, unless agreed otherwise within the rule',
  ],
  tolerance: ['溢短装（%）', 'Tolerance (%)'],
  toleranceHelp: [
    '每行允许多送或少送的比例，没约定就空着',
    'More or less of a line than ordered; empty where none was agreed',
  ],
  interest: ['逾期利息（年利率 %）', 'Interest on late payment (% a year)'],
  interestHelp: [
    '不得低于合同订立时一年期 LPR；空着按每日万分之五',
    'Not below the one-year LPR at signing; left empty it is 0.05 % a day',
  ],
});

/** As it is typed: shares in per cent. */
export type TypedContract = { readonly [K in keyof Api['ContractTerms']]?: Api['ContractTerms'][K] | undefined };

export const contractOf = ({ tolerance, lateInterest, number, ...typed }: TypedContract): Api['ContractTerms'] => ({
  ...(typed as Api['ContractTerms']),
  ...(number?.trim() && { number: number.trim() }),
  ...(tolerance && { tolerance: fromPercent(tolerance) ?? tolerance }),
  ...(lateInterest && { lateInterest: fromPercent(lateInterest) ?? lateInterest }),
});

/** The fields of a contract, under `contract`. */
export function ContractFields() {
  const t = words.use();
  return (
    <>
      <Field name={['contract', 'signedOn']} label={t('signedOn')} required>
        <DayInput label={t('signedOn')} />
      </Field>
      <Field name={['contract', 'number']} label={t('number')}>
        <Input maxLength={100} />
      </Field>
      <Field name={['contract', 'paymentFrom']} label={t('from')} required>
        <ChoiceSelect kind="payment-from" label={t('from')} />
      </Field>
      <Field name={['contract', 'paymentTermDays']} label={t('days')} help={t('daysHelp')} required>
        <InputNumber min={0} max={3650} precision={0} inputMode="numeric" className="figure-input" />
      </Field>
      <Field name={['contract', 'tolerance']} label={t('tolerance')} help={t('toleranceHelp')}>
        <DecimalInput unit="%" />
      </Field>
      <Field name={['contract', 'lateInterest']} label={t('interest')} help={t('interestHelp')}>
        <DecimalInput unit="%" />
      </Field>
    </>
  );
}
