import { Button } from 'antd';
import { Link } from 'react-router';
import type { ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { StateTag, useChoices } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { asPercent } from '../orders/order-amounts';

const words = defineWords('loans', {
  title: ['贷款', 'Loans'],
  evidence: ['登记放款', 'Evidence a loan'],
  borrower: ['借款企业', 'Borrower'],
  lender: ['银行', 'Lender'],
  contract: ['合同编号', 'Contract'],
  state: ['状态', 'State'],
  amount: ['放款金额（元）', 'Amount (yuan)'],
  outstanding: ['未还本金（元）', 'Outstanding (yuan)'],
  rate: ['年利率（%）', 'Rate (% a year)'],
  drawn: ['放款日', 'Drawn on'],
  due: ['到期日', 'Due on'],
  empty: [
    '还没有贷款登记。银行登记、企业确认后，可作为贴息依据。',
    'No loans yet. Evidenced by a bank and confirmed by the firm, they may count for an interest subsidy.',
  ],
});

type Loan = ItemOf<'/api/loans'>;

/** Loans: a firm's own, those that a bank evidenced, or all. */
export function LoansPage() {
  const t = words.use();
  const { roles, party } = useSignedIn();
  const states = useChoices('loan-state');
  const isBank = roles.includes('bank');
  const borrower: Column<Loan> = {
    key: 'borrower',
    title: t('borrower'),
    card: 'head',
    exports: ['borrower', 'borrowerCode'],
    cell: ({ borrower: firm }) => firm.name ?? firm.enterprise,
  };
  return (
    <ListPage
      name="loans"
      title={t('title')}
      path="/api/loans"
      filters={[{ key: 'state', label: t('state'), kind: 'choice', options: states }]}
      hiddenFilters={['request', 'borrower']}
      rowKey={({ loan }) => loan}
      rowLink={({ loan }) => `/loans/${loan}`}
      empty={{ text: t('empty') }}
      exports={{ path: '/api/loans/export' }}
      actions={
        isBank && (
          <Link to="/loans/new">
            <Button type="primary">{t('evidence')}</Button>
          </Link>
        )
      }
      columns={[
        ...(party ? [] : [borrower]),
        { key: 'lender', title: t('lender'), card: party ? 'head' : 'line', cell: ({ lender }) => lender },
        { key: 'contract', title: t('contract'), cell: ({ terms }) => terms.contractNumber },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          cell: ({ state }) => <StateTag kind="loan-state" value={state} />,
        },
        {
          key: 'amount',
          title: t('amount'),
          figure: true,
          cell: ({ terms }) => <Money amount={terms.amount} />,
          orders: { ascend: 'amount', descend: '-amount' },
        },
        {
          key: 'outstanding',
          title: t('outstanding'),
          figure: true,
          cell: ({ outstanding }) => <Money amount={outstanding} />,
          orders: { ascend: 'outstanding', descend: '-outstanding' },
        },
        { key: 'rate', title: t('rate'), figure: true, cell: ({ rate }) => asPercent(rate.rate) },
        {
          key: 'drawn',
          title: t('drawn'),
          cell: ({ terms }) => terms.drawnOn,
          orders: { ascend: 'drawn', descend: '-drawn' },
        },
        { key: 'due', title: t('due'), cell: ({ terms }) => terms.dueOn },
      ]}
    />
  );
}
