import { Alert, Button, Typography } from 'antd';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { useLabels } from '../../kit/labels';
import { LinkTabs } from '../../kit/link-tabs';
import { ListPage } from '../../kit/list-page';
import { useDemandColumns } from '../fair/demand-columns';
import { OpenDemands } from '../fair/fair-page';
import { FitTags } from './fit-tags';

const MOST = '200';

type Fitting = Api['FittingDemandView'];

const words = defineWords('find', {
  title: ['找需求', 'Find demands'],
  which: ['看哪些', 'Which ones'],
  fitting: ['适合我的', 'That fit us'],
  all: ['全部需求', 'All demands'],
  act: ['操作', 'Act'],
  why: ['为什么适合', 'Why it fits'],
  offer: ['报价', 'Offer'],
  revise: ['已报价，修改', 'Offered: revise'],
  empty: [
    '现在没有适合的需求。产品写得越全，找得越准。',
    'Nothing fits now. The more your products say, the better the match.',
  ],
  emptyNoProducts: [
    '先写下你能做的产品，适合的需求就会列在这里',
    'Say what you can make, and demands that fit are listed here',
  ],
  addProduct: ['添加产品', 'Add a product'],
  products: ['看我的产品', 'My products'],
  state: [
    '注册状态：{{state}}。工信部门确认后才能报价。',
    'Registration: {{state}}. You can offer once the office has confirmed it.',
  ],
  toRegistration: ['看注册', 'My registration'],
});

/** 找需求: what fits, why, until when, and one press to offer. */
export function FindPage() {
  const t = words.use();
  const columns = useDemandColumns<Fitting>(({ demand }) => demand);
  const [product, ...rest] = columns;
  const { data: own } = useGet('/api/promotions/own', { query: { limit: '1', status: 'published' } });
  const { data: mine } = useGet('/api/my-offers', { query: { result: 'quoting', limit: MOST } });
  const offered = new Set(mine?.items.flatMap(({ listing, state }) => (state === 'standing' ? [listing] : [])));
  const hasProducts = (own?.items.length ?? 1) > 0;
  const all: Column<Fitting>[] = [
    product!,
    {
      key: 'why',
      title: t('why'),
      exports: ['fitProduct', 'fitReasons'],
      card: 'foot',
      cell: ({ reasons, product: made }) => <FitTags reasons={reasons} product={made} />,
    },
    ...rest,
    {
      key: 'offer',
      title: t('act'),
      exports: [],
      pinned: true,
      card: 'foot',
      cell: ({ demand }) => (
        <Link to={`/listings/${demand.listing}/offer`} className="wide-link">
          <Button block type="primary" ghost tabIndex={-1}>
            {t(offered.has(demand.listing) ? 'revise' : 'offer')}
          </Button>
        </Link>
      ),
    },
  ];
  return (
    <div className="page-part stacked-parts">
      <FindHead />
      <ListPage
        name="fitting-demands"
        path="/api/fitting-demands"
        exports={{ path: '/api/fitting-demands/export' }}
        columns={all}
        rowKey={({ demand }) => demand.listing}
        rowLink={({ demand }) => `/listings/${demand.listing}`}
        empty={
          hasProducts
            ? { text: t('empty'), action: { to: '/promotions', text: t('products') } }
            : { text: t('emptyNoProducts'), action: { to: '/promotions/new', text: t('addProduct') } }
        }
      />
    </div>
  );
}

/** 全部需求: every open demand that the firm may know of. */
export function AllDemandsPage() {
  return (
    <div className="page-part stacked-parts">
      <FindHead />
      <OpenDemands />
    </div>
  );
}

function FindHead() {
  const t = words.use();
  const label = useLabels();
  const { data: registration } = useGet('/api/registrations/own', {});
  const waits = registration && registration.state !== 'confirmed';
  return (
    <>
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      {waits && (
        <Alert
          type="warning"
          showIcon
          title={t('state', { state: label('registration-state', registration.state) })}
          action={
            <Link to="/mine" className="card-link">
              {t('toRegistration')}
            </Link>
          }
        />
      )}
      <LinkTabs
        label={t('which')}
        tabs={[
          { to: '/find', text: t('fitting') },
          { to: '/find/all', text: t('all') },
        ]}
      />
    </>
  );
}
