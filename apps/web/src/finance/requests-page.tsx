import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Moment } from '../kit/time';

const words = defineWords('finance-requests', {
  title: ['融资需求', 'Requests for finance'],
  ask: ['申请融资', 'Ask for finance'],
  borrower: ['申请企业', 'Firm'],
  lead: ['订单的龙头企业', 'Lead firm of the order'],
  state: ['状态', 'State'],
  amount: ['申请金额（元）', 'Amount (yuan)'],
  purpose: ['用途', 'Purpose'],
  term: ['期限', 'Term'],
  months: ['{{count}} 个月', '{{count}} months'],
  adviser: ['金融顾问', 'Adviser'],
  offers: ['银行方案', 'Offers'],
  at: ['提出时间', 'Asked'],
  emptyFirm: [
    '还没有融资需求。有订单就可以申请，金融顾问会帮您找银行。',
    'No requests yet. With an order you may ask, and an adviser finds banks.',
  ],
  empty: ['没有融资需求', 'No requests for finance'],
  emptyBank: ['还没有转给贵行的融资需求', 'No request was shown to your bank yet'],
});

type Request = ItemOf<'/api/finance-requests'>;

/** 融资需求: a firm's own, an adviser's with those that nobody has taken, those shown to a bank, and the bureau's. */
export function RequestsPage() {
  const t = words.use();
  const label = useLabels();
  const { roles, party } = useSignedIn();
  const both = roles.includes('adviser') && roles.includes('bank');
  const [as, setAs] = useState<'adviser' | 'bank'>('adviser');
  const isBank = roles.includes('bank') && (!both || as === 'bank');
  const readers = useChoices('finance-reader', ['adviser', 'bank']);
  const states = useChoices('finance-request-state');
  const standings = useChoices('bank-standing');
  const borrower: Column<Request> = {
    key: 'borrower',
    title: t('borrower'),
    card: 'head',
    cell: ({ borrower: firm }) => firm.name ?? firm.enterprise,
  };
  const lead: Column<Request> = {
    key: 'lead',
    title: t('lead'),
    card: party ? 'head' : 'line',
    cell: ({ lead: firm }) => (party ? (firm.name ?? firm.enterprise) : <Firm firm={firm} />),
  };
  return (
    <ListPage
      key={as}
      name="finance-requests"
      title={t('title')}
      path="/api/finance-requests"
      asked={both ? { query: { as } } : { query: {} }}
      filters={[
        isBank
          ? { key: 'standing', label: t('state'), kind: 'choice', options: standings }
          : { key: 'state', label: t('state'), kind: 'choice', options: states },
      ]}
      hiddenFilters={['orderId']}
      rowKey={({ request }) => request}
      rowLink={({ request }) => `/finance/${request}`}
      empty={
        party
          ? { text: t('emptyFirm'), action: { to: '/finance/new', text: t('ask') } }
          : { text: t(isBank ? 'emptyBank' : 'empty') }
      }
      note={both && <Segmented options={readers} value={as} onChange={(next) => setAs(next as typeof as)} />}
      actions={
        party && (
          <Link to="/finance/new">
            <Button type="primary">{t('ask')}</Button>
          </Link>
        )
      }
      columns={[
        ...(party ? [lead] : [borrower, lead]),
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          cell: ({ state, standing }) =>
            standing === undefined ? (
              <StateTag kind="finance-request-state" value={state ?? ''} />
            ) : (
              <StateTag kind="bank-standing" value={standing} />
            ),
        },
        {
          key: 'amount',
          title: t('amount'),
          figure: true,
          cell: ({ amount }) => <Money amount={amount} />,
          orders: { ascend: 'amount', descend: '-amount' },
        },
        { key: 'purpose', title: t('purpose'), cell: ({ purpose }) => label('finance-purpose', purpose) },
        { key: 'term', title: t('term'), cell: ({ termMonths }) => t('months', { count: termMonths }) },
        { key: 'adviser', title: t('adviser'), cell: ({ adviser }) => adviser?.name },
        ...(isBank
          ? []
          : [{ key: 'offers', title: t('offers'), figure: true, cell: ({ offers }: Request) => offers || undefined }]),
        {
          key: 'at',
          title: t('at'),
          cell: ({ requestedAt }) => <Moment at={requestedAt} />,
          orders: { ascend: 'requested', descend: '-requested' },
        },
      ]}
    />
  );
}
