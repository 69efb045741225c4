import { Alert, Button, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import type { Column } from '../../kit/columns';
import { Money, Price, Quantity } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { StateTag, useChoices } from '../../kit/labels';
import { LinkTabs } from '../../kit/link-tabs';
import { ListPage } from '../../kit/list-page';
import { Clock, dayText } from '../../kit/time';
import { AcceptDialog } from './accept-dialog';
import { DeclineDialog } from './decline-dialog';
import { amounts, grossPrice } from './offer-terms';
import { linesOf } from './share-lines';

type Share = Api['ShareView'];
type Line = Api['LineAnswer'];

const words = defineWords('my-awards', {
  title: ['接单', 'Awards'],
  which: ['看哪些', 'Which ones'],
  waiting: ['待接单', 'To accept'],
  all: ['全部', 'All'],
  state: ['状态', 'State'],
  product: ['产品', 'Product'],
  lead: ['龙头企业', 'Lead firm'],
  quantity: ['中选数量', 'Quantity'],
  price: ['未税单价（元）', 'Price without VAT (yuan)'],
  gross: ['含税单价（元）', 'Price with VAT (yuan)'],
  sum: ['含税合计', 'Sum with VAT'],
  deliverBy: ['交货日期', 'Delivery'],
  acceptBy: ['接单期限', 'Accept by'],
  act: ['操作', 'Act'],
  accept: ['接单', 'Accept'],
  acceptMany: ['接单 {{count}} 份', 'Accept {{count}}'],
  decline: ['谢绝', 'Decline'],
  declineMany: ['谢绝 {{count}} 份', 'Decline {{count}}'],
  empty: ['没有等你接单的中选份额', 'No awards wait for you'],
  emptyAll: ['还没有中选过', 'No awards yet'],
  offers: ['看我的报价', 'My offers'],
  accepted: ['已接单：{{product}}', 'Accepted: {{product}}'],
  orders: ['看订单', 'Your orders'],
  declined: ['已谢绝：{{product}}', 'Declined: {{product}}'],
  failed: ['{{product}}：{{why}}', '{{product}}: {{why}}'],
  next: [
    '接单已告知龙头企业。下一步按约定的数量、价格和交期备货，合同和送货由双方对接。',
    'The lead firm was told. Next: prepare the agreed quantity for the agreed date and arrange contract and delivery with the firm.',
  ],
  see: ['看已接的单', 'Accepted awards'],
  viewer: ['查看员不能接单，由管理员或经办人接', 'A viewer cannot accept: a manager or clerk does'],
});

/** 接单: shares that wait for an answer; one, or all that are chosen, at once. */
export function MyAwardsPage() {
  return <Awards waiting />;
}
export function AllAwardsPage() {
  return <Awards waiting={false} />;
}

type Outcome = { readonly product: string; readonly text: string; readonly good: boolean };

function Awards({ waiting }: { waiting: boolean }) {
  const t = words.use();
  const language = useLanguage();
  const mayAct = useSignedIn().party?.innerRole !== 'viewer';
  const [chosen, setChosen] = useState<readonly Share[]>([]);
  const [accepting, setAccepting] = useState<readonly Share[]>();
  const [declining, setDeclining] = useState<readonly Share[]>();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const write = useWrite('post', '/api/acceptances', {
    onDone: ({ lines }) => {
      setOutcomes(lines.map((line) => outcomeOf(line)));
      setAccepting(undefined);
      setChosen([]);
    },
  });
  const outcomeOf = (line: Line): Outcome => {
    const product = accepting?.find(({ listing }) => listing === line.listing)?.product ?? '';
    return line.result === 'done'
      ? { product, good: true, text: t('accepted', { product }) }
      : { product, good: false, text: t('failed', { product, why: line[language] ?? line.code ?? '' }) };
  };
  const columns = useShareColumns(waiting);
  const act: Column<Share> = {
    key: 'answer',
    title: t('act'),
    exports: [],
    pinned: true,
    card: 'foot',
    cell: (share) =>
      share.state === 'offered' && (
        <span className="two-buttons">
          <Button onClick={() => setDeclining([share])}>{t('decline')}</Button>
          <Button type="primary" ghost onClick={() => setAccepting([share])}>
            {t('accept')}
          </Button>
        </span>
      ),
  };
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <LinkTabs
        label={t('which')}
        tabs={[
          { to: '/my-awards', text: t('waiting') },
          { to: '/my-awards/all', text: t('all') },
        ]}
      />
      {!mayAct && <Alert type="info" showIcon title={t('viewer')} />}
      <Outcomes outcomes={outcomes} />
      <ListPage
        name="my-shares"
        path="/api/my-shares"
        exports={{ path: '/api/my-shares/export' }}
        asked={waiting ? { query: { state: 'offered', order: 'term' } } : {}}
        filters={
          waiting ? [] : [{ key: 'state', kind: 'choice', label: t('state'), options: useChoices('share-state') }]
        }
        columns={waiting && mayAct ? [...columns, act] : columns}
        rowKey={({ share }) => share}
        rowLink={({ offer }) => `/my-offers/${offer}`}
        empty={{ text: t(waiting ? 'empty' : 'emptyAll'), action: { to: '/my-offers', text: t('offers') } }}
        {...(waiting &&
          mayAct && {
            selection: {
              selected: chosen.map(({ share }) => share),
              onSelect: (_: string[], shares: Share[]) => setChosen(shares),
              nameOf: ({ product }: Share) => product,
            },
          })}
      />
      {chosen.length > 0 && (
        <div className="act-bar no-print">
          <Button onClick={() => setDeclining(chosen)}>{t('declineMany', { count: chosen.length })}</Button>
          <Button type="primary" onClick={() => setAccepting(chosen)}>
            {t('acceptMany', { count: chosen.length })}
          </Button>
        </div>
      )}
      {accepting && (
        <AcceptDialog
          shares={accepting}
          pending={write.isPending}
          problem={write.error}
          onAccept={() => write.mutate({ body: { lines: linesOf(accepting) } })}
          onCancel={() => setAccepting(undefined)}
        />
      )}
      {declining && (
        <DeclineDialog
          shares={declining}
          onDone={(results) => {
            setOutcomes(
              results.map(({ product, refusal }) => ({
                product,
                good: refusal === undefined,
                text:
                  refusal === undefined ? t('declined', { product }) : t('failed', { product, why: refusal[language] }),
              })),
            );
            setDeclining(undefined);
            setChosen([]);
          }}
          onCancel={() => setDeclining(undefined)}
        />
      )}
    </div>
  );
}

function useShareColumns(waiting: boolean): Column<Share>[] {
  const t = words.use();
  return [
    { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      exports: ['status'],
      cell: ({ state }) => <StateTag kind="share-state" value={state} />,
    },
    { key: 'lead', title: t('lead'), cell: ({ lead }) => <Firm firm={lead} /> },
    {
      key: 'quantity',
      title: t('quantity'),
      figure: true,
      exports: ['awardedQuantity', 'unit'],
      cell: ({ quantity, unit }) => <Quantity quantity={quantity} unit={unit?.name} />,
    },
    { key: 'unitPrice', title: t('price'), figure: true, cell: ({ unitPrice }) => <Price price={unitPrice} /> },
    {
      key: 'gross',
      title: t('gross'),
      figure: true,
      exports: ['vatRate'],
      cell: ({ unitPrice, vatRate }) => <Price price={grossPrice(unitPrice, vatRate) ?? unitPrice} />,
    },
    {
      key: 'sum',
      title: t('sum'),
      figure: true,
      exports: [],
      cell: (share) => <Money amount={amounts(share)?.gross ?? '0'} />,
    },
    {
      key: 'deliverBy',
      title: t('deliverBy'),
      cell: ({ deliverBy }) => <span className="figure">{dayText(deliverBy)}</span>,
    },
    ...(waiting
      ? [{ key: 'acceptBy', title: t('acceptBy'), cell: ({ acceptBy }: Share) => <Clock due={acceptBy} /> }]
      : []),
  ];
}

/** Each line's own result, and what happens next. */
function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = words.use();
  if (outcomes.length === 0) return null;
  const good = outcomes.every((outcome) => outcome.good);
  return (
    <Alert
      type={good ? 'success' : 'warning'}
      showIcon
      role="status"
      title={
        <ul className="faults">
          {outcomes.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      }
      description={
        <>
          <p>{t('next')}</p>
          <Link to="/my-awards/all" className="card-link">
            {t('see')}
          </Link>{' '}
          <Link to="/orders" className="card-link">
            {t('orders')}
          </Link>
        </>
      }
    />
  );
}
