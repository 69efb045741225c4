import { Select } from 'antd';
import { Link } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { Money } from '../kit/figures';
import { DecimalInput } from '../kit/inputs';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { Field } from '../kit/write-form';
import { sumOf } from '../orders/order-amounts';
import type { ClaimView } from './claim-next';

const words = defineWords('offset-claim', {
  against: ['从哪份申报的补助中抵扣', 'From which award it is kept back'],
  none: ['该企业没有已审定、未拨付的申报', 'The firm has no award that is approved and unpaid'],
  left: ['可抵扣 {{amount}} 元', '{{amount}} yuan left'],
  amount: ['抵扣金额（元）', 'To be kept back (yuan)'],
  due: ['应退', 'Due'],
  paid: ['已退', 'Came back'],
  claim: ['查看申报', 'See the claim'],
});

/** The firm's awards that are approved and not paid, each with what is left of it. */
export function OffsetClaim({ of }: { readonly of: ClaimView }) {
  const t = words.use();
  const label = useLabels();
  const { enterprise } = of.firm;
  const approved = useGet('/api/claims', { query: { enterprise, state: 'approved', limit: '200' } });
  const down = useGet('/api/claims', { query: { enterprise, state: 'passed-down', limit: '200' } });
  const found = [...(approved.data?.items ?? []), ...(down.data?.items ?? [])];
  return (
    <Field name="against" label={t('against')} required>
      <Select
        loading={approved.isPending || down.isPending}
        notFoundContent={t('none')}
        popupMatchSelectWidth={false}
        options={found.map(({ claim, beneficiary, policy: { version }, granted = '0', offset }) => ({
          value: claim,
          label: `${label('policy-beneficiary', beneficiary)} ${version} · ${t('left', { amount: withThousands(sumOf([granted, `-${offset}`])) })}`,
        }))}
      />
    </Field>
  );
}

/** What is kept back for the recovery from the award that its decision names. */
export function RecoveryOffset({ of: { recoveryNow } }: { readonly of: ClaimView }) {
  const t = words.use();
  return (
    <>
      {recoveryNow && (
        <Facts
          facts={[
            [t('due'), <Money key="due" amount={recoveryNow.due} />],
            [t('paid'), <Money key="paid" amount={recoveryNow.paid} />],
            [t('against'), recoveryNow.against && <Link to={`/claims/${recoveryNow.against}`}>{t('claim')}</Link>],
          ]}
        />
      )}
      <Field name="amount" label={t('amount')} required>
        <DecimalInput />
      </Field>
    </>
  );
}
