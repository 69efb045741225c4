import { defineWords } from '../../app/language';
import { useStanding } from '../../app/session';
import { Quantity } from '../../kit/figures';
import { StateTag, useChoices } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { Moment } from '../../kit/time';

const words = defineWords('match-register', {
  title: ['对接台账', 'Match register'],
  product: ['产品', 'Product'],
  lead: ['龙头企业', 'Lead firm'],
  supplier: ['配套企业', 'Supplier'],
  state: ['状态', 'State'],
  awarded: ['中选数量', 'Awarded'],
  check: ['核查', 'Check'],
  none: ['未核查', 'Not checked'],
  since: ['首次报价', 'First offer'],
  words: ['产品或企业', 'Product or firm'],
  area: ['县（市、区）', 'County'],
  from: ['首次报价自', 'First offer from'],
  to: ['首次报价至', 'First offer to'],
  empty: ['还没有对接。企业报价后会出现在这里。', 'No matches yet. They appear with the first offers.'],
});

/** Every lead-SME pair on a listing, with what became of it. */
export function MatchRegisterPage() {
  const t = words.use();
  const states = useChoices('match-state');
  const checks = useChoices('check-result');
  const standing = useStanding();
  return (
    <ListPage
      name="matches"
      title={t('title')}
      path="/api/match-register"
      filters={[
        { key: 'words', label: t('words'), kind: 'words' },
        { key: 'state', label: t('state'), kind: 'choice', options: states },
        {
          key: 'checkState',
          label: t('check'),
          kind: 'choice',
          options: [{ value: 'none', label: t('none') }, ...checks],
        },
        ...(standing?.city || standing?.auditor ? [{ key: 'area', label: t('area'), kind: 'area' as const }] : []),
        { key: 'from', label: t('from'), kind: 'day' },
        { key: 'to', label: t('to'), kind: 'day' },
      ]}
      hiddenFilters={['lead', 'supplier', 'listing']}
      rowKey={({ match }) => match}
      rowLink={({ match }) => `/matches/${match}`}
      empty={{ text: t('empty') }}
      exports={{ path: '/api/match-register/export' }}
      columns={[
        {
          key: 'product',
          title: t('product'),
          card: 'head',
          cell: ({ product }) => product,
          orders: { ascend: 'product', descend: '-product' },
        },
        {
          key: 'lead',
          title: t('lead'),
          cell: ({ lead }) => lead.name ?? lead.enterprise,
          orders: { ascend: 'lead', descend: '-lead' },
        },
        {
          key: 'supplier',
          title: t('supplier'),
          cell: ({ supplier }) => supplier.name ?? supplier.enterprise,
          orders: { ascend: 'supplier', descend: '-supplier' },
        },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          exports: ['status'],
          cell: ({ state }) => <StateTag kind="match-state" value={state} />,
          orders: { ascend: 'state', descend: '-state' },
        },
        {
          key: 'awarded',
          title: t('awarded'),
          figure: true,
          exports: ['awardedQuantity', 'acceptedQuantity', 'unit'],
          cell: ({ shares, unit }) => (
            <ul className="plain">
              {shares.map(({ share, quantity, state }) => (
                <li key={share}>
                  <Quantity quantity={quantity} unit={unit.name} /> <StateTag kind="share-state" value={state} />
                </li>
              ))}
            </ul>
          ),
        },
        {
          key: 'checkState',
          title: t('check'),
          cell: ({ checkState }) => checkState && <StateTag kind="check-result" value={checkState} />,
        },
        {
          key: 'since',
          title: t('since'),
          cell: ({ since }) => <Moment at={since} />,
          orders: { ascend: 'since', descend: '-since' },
        },
      ]}
    />
  );
}
