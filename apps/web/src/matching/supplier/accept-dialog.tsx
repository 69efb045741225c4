import { Modal } from 'antd';
import { Decimal } from 'decimal.js';
import type { Api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { defineWords, useLanguage } from '../../app/language';
import { Money, Price, Quantity } from '../../kit/figures';
import { amounts } from './offer-terms';

const words = defineWords('accept-dialog', {
  title: ['接这 {{count}} 份单？', 'Accept these {{count}}?'],
  one: ['接这份单？', 'Accept this award?'],
  accept: ['接单', 'Accept'],
  back: ['再看看', 'Not yet'],
  line: ['{{day}} 交货', 'by {{day}}'],
  sum: ['含税合计', 'Sum with VAT'],
  means: [
    '接单后就按这个数量、价格和交期供货，不能自己撤回。龙头企业立即知道。',
    'You then owe this quantity at this price by this date, and cannot take it back. The lead firm is told at once.',
  ],
});

/** What accepting binds to, said before. */
export function AcceptDialog({
  shares,
  pending,
  problem,
  onAccept,
  onCancel,
}: {
  shares: readonly Api['ShareView'][];
  pending: boolean;
  problem: Problem | null;
  onAccept: () => void;
  onCancel: () => void;
}) {
  const t = words.use();
  const language = useLanguage();
  const sum = shares.reduce((all, share) => all.plus(amounts(share)?.gross ?? 0), new Decimal(0)).toFixed(2);
  return (
    <Modal
      open
      title={shares.length === 1 ? t('one') : t('title', { count: shares.length })}
      okText={t('accept')}
      cancelText={t('back')}
      confirmLoading={pending}
      onOk={onAccept}
      onCancel={onCancel}
    >
      <ul className="faults">
        {shares.map(({ share, product, quantity, unit, unitPrice, deliverBy }) => (
          <li key={share}>
            {product} <Quantity quantity={quantity} unit={unit?.name} /> × <Price price={unitPrice} />，
            {t('line', { day: deliverBy })}
          </li>
        ))}
      </ul>
      <p>
        {t('sum')} <Money amount={sum} />
      </p>
      <p>{t('means')}</p>
      {problem && <p role="alert">{problem[language]}</p>}
    </Modal>
  );
}
