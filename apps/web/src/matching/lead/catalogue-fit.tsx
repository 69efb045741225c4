import { Button, Drawer, Space, Tag } from 'antd';
import { useState } from 'react';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { Firm } from '../../kit/firm';
import { useLabels } from '../../kit/labels';
import { Nothing } from '../../kit/page-state';
import { Rows } from '../../kit/rows';

const words = defineWords('catalogue-fit', {
  firms: ['有 {{count}} 家中小企业的产品适合', '{{count}} SMEs have products that fit'],
  none: [
    '还没有企业的产品适合；仍可发布，新企业加入后会看到',
    'No firm’s products fit yet; new firms will see the demands when they join',
  ],
  who: ['看是哪些企业', 'See which'],
  title: ['产品适合的企业', 'Firms whose products fit'],
  basis: [
    '按企业发布的推介产品与各行的产品、行业、地区、产能比对；同一家企业只计一次。',
    'By the products that firms promote, against product, industry, area and capacity of the lines; a firm counts once.',
  ],
  firm: ['企业', 'Firm'],
  product: ['其产品', 'Its product'],
  why: ['为什么适合', 'Why it fits'],
  best: ['列出最合适的 {{count}} 家', 'The {{count}} that fit best'],
});

/** How many SMEs fit the catalogue's lines, with who they are and why one press away. */
export function CatalogueFit({ catalogue }: { catalogue: string }) {
  const t = words.use();
  const label = useLabels();
  const [open, setOpen] = useState(false);
  const { data } = useGet('/api/catalogues/{catalogue}/fit', { path: { catalogue } }, { staleTime: 60_000 });
  if (!data) return null;
  const reasons = (of: readonly string[]) => (
    <Space size={[4, 4]} wrap>
      {of.map((reason) => (
        <Tag key={reason}>{label('fit-reason', reason)}</Tag>
      ))}
    </Space>
  );
  return (
    <Space wrap className="fit">
      <span>{data.firms > 0 ? t('firms', { count: data.firms }) : t('none')}</span>
      {data.firms > 0 && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {t('who')}
        </Button>
      )}
      {open && (
        <Drawer open title={t('title')} size={640} onClose={() => setOpen(false)} destroyOnHidden>
          <p className="secondary">{t('basis')}</p>
          {data.suppliers.length === 0 ? (
            <Nothing text={t('none')} />
          ) : (
            <>
              <p>{t('best', { count: data.suppliers.length })}</p>
              <Rows
                caption={t('title')}
                items={data.suppliers}
                rowKey={({ promotion }) => promotion}
                columns={[
                  { key: 'firm', title: t('firm'), cell: ({ supplier }) => <Firm firm={supplier} />, card: 'head' },
                  { key: 'product', title: t('product'), cell: ({ product }) => product },
                  { key: 'why', title: t('why'), cell: (one) => reasons(one.reasons) },
                ]}
              />
            </>
          )}
        </Drawer>
      )}
    </Space>
  );
}

/** How many SMEs fit each line; undefined while it is not known. */
export function useFitByLine(catalogue: string): ReadonlyMap<string, number> {
  const { data } = useGet('/api/catalogues/{catalogue}/fit', { path: { catalogue } }, { staleTime: 60_000 });
  return new Map((data?.lines ?? []).filter(({ refused }) => !refused).map(({ listing, firms }) => [listing, firms]));
}
