import { Checkbox, Input } from 'antd';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { DayInput, DecimalInput } from '../kit/inputs';
import { Field } from '../kit/write-form';
import { asPercent, fromPercent } from '../orders/order-amounts';

const words = defineWords('loan-fields', {
  lender: ['银行（合同上的名称）', 'Lender, as the contract names it'],
  contract: ['借款合同编号', 'Contract number'],
  voucher: ['借据号', 'Voucher number'],
  voucherHelp: ['一份合同分次放款时填', 'Where a contract is drawn in parts'],
  signedOn: ['合同签订日期', 'Signed on'],
  amount: ['放款金额（元）', 'Amount drawn (yuan)'],
  drawnOn: ['放款日', 'Drawn on'],
  dueOn: ['到期日', 'Due on'],
  rate: ['年利率（%）', 'Rate (% a year)'],
  relending: ['再贷款利率（%）', 'Relending rate (% a year)'],
  relendingHelp: ['用人民银行专项再贷款资金发放的才填', 'Only where the money is the central bank’s special relending'],
  preferential: ['优惠贷款', 'Preferential loan'],
  renews: ['借新还旧', 'Takes the place of an older loan'],
});

/** As it is typed: rates in per cent, flags that may not have been touched. */
export type TypedLoan = {
  readonly lender: string;
  readonly terms: Omit<Api['LoanTermsForm'], 'preferential' | 'renews'> & { preferential?: boolean; renews?: boolean };
  readonly rate: TypedRate;
};
export type TypedRate = { readonly rate: string; readonly relending?: string };

export const rateTyped = ({ rate, relending }: TypedRate): Api['LoanRateForm'] => ({
  rate: fromPercent(rate) ?? rate,
  ...(relending && { relending: fromPercent(relending) ?? relending }),
});

export const loanTyped = ({ lender, terms, rate }: TypedLoan) => {
  const { voucherNumber, preferential = false, renews = false, ...rest } = terms;
  return {
    lender,
    terms: { ...rest, preferential, renews, ...(voucherNumber && { voucherNumber }) },
    rate: rateTyped(rate),
  };
};

/** What stands of a loan, as its form shows it. */
export const typedOf = ({ lender, terms, rates }: Api['LoanView']): TypedLoan => {
  const { rate, relending } = rates[0]!.rate;
  return {
    lender,
    terms,
    rate: { rate: asPercent(rate) ?? '', ...(relending !== undefined && { relending: asPercent(relending) ?? '' }) },
  };
};

/** The fields of a loan. `isCorrection`: the numbers by which it is known stay. */
export function LoanFields({ isCorrection = false }: { isCorrection?: boolean }) {
  const t = words.use();
  return (
    <>
      <Field name="lender" label={t('lender')} required>
        <Input maxLength={100} />
      </Field>
      <Field name={['terms', 'contractNumber']} label={t('contract')} required>
        <Input maxLength={100} disabled={isCorrection} />
      </Field>
      <Field name={['terms', 'voucherNumber']} label={t('voucher')} help={t('voucherHelp')}>
        <Input maxLength={100} disabled={isCorrection} />
      </Field>
      <Field name={['terms', 'signedOn']} label={t('signedOn')} required>
        <DayInput />
      </Field>
      <Field name={['terms', 'amount']} label={t('amount')} required>
        <DecimalInput />
      </Field>
      <Field name={['terms', 'drawnOn']} label={t('drawnOn')} required>
        <DayInput />
      </Field>
      <Field name={['terms', 'dueOn']} label={t('dueOn')} required>
        <DayInput />
      </Field>
      <RateFields />
      <Field name={['terms', 'preferential']} label="" valuePropName="checked">
        <Checkbox>{t('preferential')}</Checkbox>
      </Field>
      <Field name={['terms', 'renews']} label="" valuePropName="checked">
        <Checkbox>{t('renews')}</Checkbox>
      </Field>
    </>
  );
}

export function RateFields() {
  const t = words.use();
  return (
    <>
      <Field name={['rate', 'rate']} label={t('rate')} required>
        <DecimalInput unit="%" />
      </Field>
      <Field name={['rate', 'relending']} label={t('relending')} help={t('relendingHelp')}>
        <DecimalInput unit="%" />
      </Field>
    </>
  );
}
