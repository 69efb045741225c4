import { Alert, App, Button, Space } from 'antd';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import type { Column } from '../../kit/columns';
import { StateTag, useChoices } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { usePromotionColumns } from '../fair/promotion-columns';
import { WithdrawPromotion } from './withdraw-promotion';

type Promotion = Api['PromotionView'];

const words = defineWords('promotions', {
  title: ['我的产品', 'My products'],
  state: ['状态', 'State'],
  act: ['操作', 'Act'],
  add: ['添加产品', 'Add a product'],
  import: ['从 Excel 导入', 'From Excel'],
  edit: ['修改', 'Change'],
  publish: ['发布', 'Publish'],
  published: ['已发布', 'Published'],
  empty: [
    '写下你能做的产品，龙头企业就能找到你，适合的需求也会列出来',
    'Say what you can make: lead firms find you, and demands that fit are listed',
  ],
  viewer: ['查看员只能看，由管理员或经办人修改', 'A viewer can only look: a manager or clerk changes products'],
});

/** 产品推介目录: what the firm can make. */
export function PromotionsPage() {
  const t = words.use();
  const mayAct = useSignedIn().party?.innerRole !== 'viewer';
  const [product, ...rest] = usePromotionColumns();
  const { data: any } = useGet('/api/promotions/own', { query: { limit: '1' } });
  const columns: Column<Promotion>[] = [
    product!,
    {
      key: 'status',
      title: t('state'),
      card: 'side',
      cell: ({ status }) => <StateTag kind="promotion-status" value={status} />,
    },
    ...rest.filter(({ key }) => key !== 'area'),
    ...(mayAct
      ? [
          {
            key: 'act',
            title: t('act'),
            exports: [],
            pinned: true,
            card: 'foot',
            cell: (one) => <Acts promotion={one} />,
          } satisfies Column<Promotion>,
        ]
      : []),
  ];
  return (
    <div className="page-part stacked-parts">
      {!mayAct && <Alert type="info" showIcon title={t('viewer')} />}
      <ListPage
        name="own-promotions"
        title={t('title')}
        path="/api/promotions/own"
        exports={{ path: '/api/promotions/own/export' }}
        filters={[{ key: 'status', kind: 'choice', label: t('state'), options: useChoices('promotion-status') }]}
        columns={columns}
        rowKey={({ promotion }) => promotion}
        rowLink={({ promotion, status }) => (status === 'published' ? `/promotions/${promotion}` : undefined)}
        empty={{ text: t('empty'), ...(mayAct && { action: { to: '/promotions/new', text: t('add') } }) }}
        actions={
          mayAct &&
          (any?.items.length ?? 0) > 0 && (
            <Space wrap>
              <Link to="/promotions/new">
                <Button type="primary">{t('add')}</Button>
              </Link>
              <Link to="/promotions/import">
                <Button>{t('import')}</Button>
              </Link>
            </Space>
          )
        }
      />
      {mayAct && any?.items.length === 0 && (
        <p className="centred">
          <Link to="/promotions/import" className="card-link">
            {t('import')}
          </Link>
        </p>
      )}
    </div>
  );
}

function Acts({ promotion: { promotion, status, terms } }: { promotion: Promotion }) {
  const t = words.use();
  const language = useLanguage();
  const { message } = App.useApp();
  const publish = useWrite('post', '/api/promotions/{promotion}/publication', {
    onDone: () => void message.success(t('published')),
  });
  if (status === 'voided') return null;
  return (
    <Space wrap>
      <Link to={`/promotions/${promotion}/edit`}>
        <Button>{t('edit')}</Button>
      </Link>
      {status === 'published' ? (
        <WithdrawPromotion promotion={promotion} product={terms.product} />
      ) : (
        <Button loading={publish.isPending} onClick={() => publish.mutate({ path: { promotion } })}>
          {t('publish')}
        </Button>
      )}
      {publish.error && <span role="alert">{publish.error[language]}</span>}
    </Space>
  );
}
