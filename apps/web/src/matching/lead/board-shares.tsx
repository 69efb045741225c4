import type { Api } from '../../api/client';
import { useList } from '../../api/queries';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { withThousands } from '../../kit/decimal-text';
import { Price } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { StateTag, useLabels } from '../../kit/labels';
import { Rows } from '../../kit/rows';
import { Clock, Moment } from '../../kit/time';

const words = defineWords('board-shares', {
  title: ['中选份额', 'Shares awarded'],
  supplier: ['供方', 'Supplier'],
  quantity: ['数量（{{unit}}）', 'Quantity ({{unit}})'],
  price: ['未税价（元）', 'Price without VAT (¥)'],
  state: ['状态', 'State'],
  answer: ['接单期限 / 答复', 'Term / answer'],
  reason: ['定标理由', 'Reason'],
  why: ['谢绝原因：{{why}}', 'Declined: {{why}}'],
  free: ['这部分已退回，可再分', 'free to be awarded again'],
});

type Share = Api['ShareView'];

/** What the firms have said to what was awarded to them, or until when they may. */
export function ShareAnswer({ share }: { share: Share }) {
  const t = words.use();
  const label = useLabels();
  const { state, acceptBy, answeredAt, declineReason, declineText } = share;
  if (state === 'offered') return <Clock due={acceptBy} />;
  return (
    <>
      {answeredAt && <Moment at={answeredAt} />}
      {declineReason && (
        <div className="secondary">{t('why', { why: declineText ?? label('decline-reason', declineReason) })}</div>
      )}
      {(state === 'declined' || state === 'lapsed' || state === 'voided') && (
        <div className="secondary">{t('free')}</div>
      )}
    </>
  );
}

export const useShares = (listing: string, enabled = true) => {
  const list = useList('/api/awards', { query: { listing } }, { limit: 200, enabled });
  return list.data?.pages.flatMap(({ items }) => items) ?? [];
};

/** The shares of one listing, each with its state and its clock. */
export function BoardShares({ shares, unit }: { shares: readonly Share[]; unit: string }) {
  const t = words.use();
  const label = useLabels();
  if (shares.length === 0) return null;
  const columns: Column<Share>[] = [
    { key: 'supplier', title: t('supplier'), card: 'head', cell: ({ supplier }) => <Firm firm={supplier} /> },
    {
      key: 'quantity',
      title: t('quantity', { unit }),
      figure: true,
      cell: ({ quantity }) => withThousands(quantity),
    },
    { key: 'price', title: t('price'), figure: true, cell: ({ unitPrice }) => <Price price={unitPrice} /> },
    {
      key: 'reason',
      title: t('reason'),
      cell: ({ reason, reasonText }) => reasonText ?? label('award-reason', reason),
    },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="share-state" value={state} />,
    },
    { key: 'answer', title: t('answer'), cell: (share) => <ShareAnswer share={share} /> },
  ];
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Rows caption={t('title')} items={shares} columns={columns} rowKey={({ share }) => share} />
    </section>
  );
}
