import { Input } from 'antd';
import { defineWords } from '../app/language';
import { Field } from '../kit/write-form';

const words = defineWords('payee-fields', {
  holder: ['户名', 'Holder'],
  holderHelp: [
    '要与企业名称一致；不一致的要两个单位确认后才能拨付',
    "The firm's own name; another needs two offices to confirm it",
  ],
  bank: ['开户行', 'Bank'],
  number: ['账号', 'Account number'],
});

export type TypedPayee = { readonly holder: string; readonly bank: string; readonly number: string };

/** 收款账户, under `payee`. */
export function PayeeFields() {
  const t = words.use();
  return (
    <>
      <Field name={['payee', 'holder']} label={t('holder')} help={t('holderHelp')} required>
        <Input maxLength={100} />
      </Field>
      <Field name={['payee', 'bank']} label={t('bank')} required>
        <Input maxLength={100} />
      </Field>
      <Field name={['payee', 'number']} label={t('number')} required>
        <Input maxLength={40} inputMode="numeric" autoComplete="off" />
      </Field>
    </>
  );
}
