import { Button, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { Quantity } from '../../kit/figures';
import { StateTag, useChoices } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { ObjectPage, type NextStep } from '../../kit/object-page';
import { Clock, Moment } from '../../kit/time';
import { ApproveLines } from './catalogue-approve';
import { CopyDialog } from './catalogue-copy-dialog';
import { DraftLines } from './catalogue-draft-lines';
import { CatalogueFit, useFitByLine } from './catalogue-fit';
import { LineCounts } from './catalogue-list-page';
import type { Line } from './catalogue-line-drawer';
import { useCatalogueHead, type Face } from './catalogue-head';
import { isReady } from './catalogue-readiness';
import { termWords, useRefusal } from './catalogue-words';
import { useLines } from './catalogue-work';

const words = defineWords('catalogue-published', {
  compare: ['比较报价', 'Compare offers'],
  compareHelp: ['{{count}} 行已截止，等您定标', '{{count}} lines are closed and wait for your decision'],
  publishRest: ['发布其余 {{count}} 行', 'Publish the other {{count}} lines'],
  publishHelp: ['发布前会先列出谁能看到', 'You see first who will see them'],
  lookHelp: ['截止前只看到各行有几家报价', 'Until the close you see how many offered on each line'],
  lookRest: [
    '还有 {{count}} 行没发布：在下面补齐后再发布',
    '{{count}} lines are not published: complete them below first',
  ],
  copy: ['复制到新一期', 'Copy to a new period'],
  copyHelp: ['各行成为新一期的草稿', 'Every line becomes a draft of the new period'],
  offers: ['报价家数', 'Offers'],
  fits: ['适合的企业', 'Firms that fit'],
  state: ['状态', 'State'],
  deadline: ['报价截止', 'Quoting ends'],
  needs: ['要处理的', 'What needs you'],
  decision: ['待定标', 'To decide'],
  answer: ['有提问', 'Questions'],
  approval: ['待批准', 'To approve'],
  mending: ['待补', 'To mend'],
  words: ['产品、规格、编码', 'Product, specification, code'],
  none: ['没有行', 'No lines'],
  board: ['报价比较', 'Offer board'],
  waits: ['等另一人批准', 'Waits for approval'],
  lines: ['全部行', 'All lines'],
  drafts: ['还没发布的 {{count}} 行', '{{count}} lines not published yet'],
});

const DECIDED_BY_LEAD = ['closed', 'partly-awarded'];

/** A published catalogue: which lines need something, how many offered, and the ways on. */
export function PublishedCatalogue({ catalogue: of, mayWrite, onPublish }: Face) {
  const t = words.use();
  const term = termWords.use();
  const refusal = useRefusal();
  const { catalogue } = of;
  const [copying, setCopying] = useState(false);
  const counted = (states: readonly string[]): number =>
    (of.counts ?? []).filter(({ status }) => states.includes(status)).reduce((sum, { lines }) => sum + lines, 0);
  const [toDecide, drafts] = [counted(DECIDED_BY_LEAD), counted(['draft'])];
  const rest = useLines(catalogue, drafts > 0);
  const unpublished = rest.lines.filter(({ status }) => status === 'draft');
  const ready = unpublished.filter(isReady).length;
  const [isSetting, setSetting] = useState(false);
  const states = useChoices('listing-status');
  const fits = useFitByLine(catalogue);
  const columns: Column<Line>[] = [
    { key: 'product', title: term('product'), cell: ({ terms }) => terms.product, card: 'head', orders: by('product') },
    { key: 'specification', title: term('specification'), cell: ({ terms }) => terms.specification ?? '' },
    { key: 'itemCode', title: term('itemCode'), cell: ({ terms }) => terms.itemCode ?? '', orders: by('item') },
    {
      key: 'quantity',
      title: term('quantity'),
      figure: true,
      orders: by('quantity'),
      exports: ['quantity', 'unit'],
      cell: ({ terms }) => terms.quantity && <Quantity quantity={terms.quantity} unit={terms.unit?.name} />,
    },
    {
      key: 'status',
      title: t('state'),
      card: 'side',
      orders: by('status'),
      cell: ({ status, waits, publicationRefused }) => (
        <>
          <StateTag kind="listing-status" value={status} />
          {waits && <span className="secondary">{t('waits')}</span>}
          {publicationRefused && status === 'draft' && <span className="secondary">{refusal(publicationRefused)}</span>}
        </>
      ),
    },
    {
      key: 'offersReceived',
      title: t('offers'),
      figure: true,
      cell: ({ offersReceived = 0 }) => offersReceived,
    },
    {
      key: 'fits',
      title: t('fits'),
      exports: [],
      figure: true,
      cell: ({ listing }) => fits.get(listing) ?? '',
    },
    {
      key: 'quotingDeadline',
      title: t('deadline'),
      orders: by('deadline'),
      cell: ({ terms, status }) =>
        terms.quotingDeadline &&
        (status === 'quoting' ? <Clock due={terms.quotingDeadline} /> : <Moment at={terms.quotingDeadline} />),
    },
    { key: 'deliverBy', title: term('deliverBy'), orders: by('delivery'), cell: ({ terms }) => terms.deliverBy },
  ];
  return (
    <>
      <ObjectPage
        {...useCatalogueHead(of)}
        clock={<LineCounts counts={of.counts} />}
        {...(mayWrite && { next: nextOf() })}
      >
        <CatalogueFit catalogue={catalogue} />
        {mayWrite && <ApproveLines catalogue={catalogue} />}
        {drafts > 0 && rest.isWhole && (
          <DraftLines
            catalogue={catalogue}
            title={t('drafts', { count: unpublished.length })}
            lines={unpublished}
            mayWrite={mayWrite}
            isSetting={isSetting}
            onSetting={setSetting}
          />
        )}
        <Typography.Title level={2}>{t('lines')}</Typography.Title>
        <ListPage
          name="catalogue-lines"
          path="/api/catalogues/{catalogue}/lines"
          asked={{ path: { catalogue } }}
          columns={columns}
          filters={[
            {
              key: 'needs',
              label: t('needs'),
              kind: 'choice',
              options: (['decision', 'answer', 'approval', 'mending'] as const).map((value) => ({
                value,
                label: t(value),
              })),
            },
            { key: 'status', label: t('state'), kind: 'choice', options: states },
            { key: 'words', label: t('words'), kind: 'words' },
          ]}
          exports={{ path: `/api/catalogues/${catalogue}/lines/export` }}
          rowKey={({ listing }) => listing}
          rowLink={({ listing }) => `/listings/${listing}`}
          empty={{ text: t('none') }}
        />
      </ObjectPage>
      {copying && <CopyDialog source={of} onClose={() => setCopying(false)} />}
    </>
  );

  function nextOf(): NextStep {
    const copy = <Button onClick={() => setCopying(true)}>{t('copy')}</Button>;
    const board = (
      <Link to={`/catalogues/${catalogue}/board`}>
        <Button>{t('board')}</Button>
      </Link>
    );
    if (toDecide > 0) {
      const consequence = t('compareHelp', { count: toDecide });
      return { text: t('compare'), to: `/catalogues/${catalogue}/board`, consequence, more: copy };
    }
    if (ready > 0 && rest.isWhole) {
      return {
        text: t('publishRest', { count: ready }),
        consequence: t('publishHelp'),
        onPress: () => onPublish(unpublished),
        more: (
          <>
            {board}
            {copy}
          </>
        ),
      };
    }
    if (counted(['quoting']) > 0) {
      const consequence = drafts > 0 ? t('lookRest', { count: drafts }) : t('lookHelp');
      return { text: t('board'), to: `/catalogues/${catalogue}/board`, consequence, more: copy };
    }
    return { text: t('copy'), consequence: t('copyHelp'), onPress: () => setCopying(true), more: board };
  }
}

const by = (name: string) => ({ ascend: name, descend: `-${name}` });
