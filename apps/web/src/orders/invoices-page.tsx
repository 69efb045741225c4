import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { FileList } from '../kit/files';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Facts } from '../kit/object-page';
import { Moment } from '../kit/time';
import { InvoiceCheckForm } from './invoice-check';
import { InvoiceChecksImport } from './invoice-checks-import';
import { SectionTabs } from './section-tabs';
import './orders.css';

const words = defineWords('invoices', {
  title: ['发票', 'Invoices'],
  number: ['发票号码', 'Number'],
  seller: ['销方', 'Seller'],
  buyer: ['购方', 'Buyer'],
  day: ['开票日期', 'Invoiced on'],
  net: ['不含税', 'Without VAT'],
  gross: ['含税', 'With VAT'],
  red: ['冲 {{number}}', 'reverses {{number}}'],
  reversed: ['已被红冲 {{amount}}', '{{amount}} reversed'],
  state: ['查验', 'Check'],
  source: ['来源', 'Entered by'],
  colour: ['蓝字、红字', 'Blue or red'],
  registered: ['登记时间', 'Entered at'],
  search: ['发票号码', 'Number'],
  from: ['开票从', 'From'],
  to: ['到', 'To'],
  act: ['操作', 'Act'],
  check: ['登记查验', 'Record a check'],
  details: ['详情', 'Details'],
  import: ['导入查验结果', 'Import checks'],
  parts: ['分在', 'Stands on'],
  part: ['订单', 'order'],
  statement: ['对账单', 'statement'],
  checks: ['查验记录', 'Checks'],
  noChecks: ['还没有人查验', 'Nobody has looked it up yet'],
  checked: ['{{who}} {{day}} 查得', '{{who}} on {{day}}:'],
  files: ['文件', 'Files'],
  empty: ['没有发票。供方在订单里登记后出现在这里。', 'No invoices. They appear once suppliers enter them on orders.'],
  orders: ['看订单', 'The orders'],
});

type Invoice = ItemOf<'/api/invoices'>;

/** 发票 with their 查验: of a firm's own trade, or of an office's firms. */
export function InvoicesPage() {
  const t = words.use();
  const standing = useStanding();
  const [shown, setShown] = useState<Invoice>();
  const [importing, setImporting] = useState(false);
  const writes = (standing?.firm && standing.me?.party?.innerRole !== 'viewer') || standing?.office || false;
  const states = useChoices('invoice-state');
  return (
    <div className="page-part stacked-parts">
      <SectionTabs />
      <ListPage
        name="invoices"
        title={t('title')}
        path="/api/invoices"
        filters={[
          { key: 'state', kind: 'choice', label: t('state'), options: states },
          { key: 'colour', kind: 'choice', label: t('colour'), options: useChoices('invoice-colour') },
          { key: 'number', kind: 'words', label: t('search') },
          { key: 'from', kind: 'day', label: t('from') },
          { key: 'to', kind: 'day', label: t('to') },
        ]}
        hiddenFilters={['of', 'statement', 'partner']}
        columns={useColumns(setShown)}
        rowKey={({ number }) => number}
        exports={{ path: '/api/invoices/export' }}
        actions={writes && <Button onClick={() => setImporting(true)}>{t('import')}</Button>}
        empty={{ text: t('empty'), action: { to: '/orders', text: t('orders') } }}
      />
      <Modal
        open={shown !== undefined}
        title={shown?.number}
        footer={null}
        onCancel={() => setShown(undefined)}
        destroyOnHidden
      >
        {shown && (
          <>
            <InvoiceDetails invoice={shown} />
            {writes && <InvoiceCheckForm number={shown.number} onDone={() => setShown(undefined)} />}
          </>
        )}
      </Modal>
      {importing && <InvoiceChecksImport onClose={() => setImporting(false)} />}
    </div>
  );
}

function useColumns(onShow: (invoice: Invoice) => void): Column<Invoice>[] {
  const t = words.use();
  const label = useLabels();
  return [
    {
      key: 'number',
      title: t('number'),
      card: 'head',
      cell: ({ number, redOf }) => (
        <>
          <span className="figure">{number}</span>
          {redOf && <span className="secondary under">{t('red', { number: redOf })}</span>}
        </>
      ),
      orders: { ascend: 'number', descend: '-number' },
    },
    {
      key: 'checkState',
      title: t('state'),
      card: 'side',
      exports: ['checkState', 'checkedOn'],
      cell: ({ checkState }) => <StateTag kind="invoice-state" value={checkState} />,
    },
    { key: 'supplier', title: t('seller'), cell: ({ supplier }) => <Firm firm={supplier} /> },
    { key: 'lead', title: t('buyer'), cell: ({ lead }) => <Firm firm={lead} /> },
    {
      key: 'invoicedOn',
      title: t('day'),
      cell: ({ invoicedOn }) => <span className="figure">{invoicedOn}</span>,
      orders: { ascend: 'invoiced', descend: '-invoiced' },
    },
    { key: 'net', title: t('net'), figure: true, card: 'none', cell: ({ net }) => <Money amount={net} /> },
    {
      key: 'gross',
      title: t('gross'),
      figure: true,
      exports: ['tax', 'gross', 'vatRate', 'redOf', 'reversed'],
      cell: ({ gross }) => <Money amount={gross} />,
      orders: { ascend: 'gross', descend: '-gross' },
    },
    { key: 'source', title: t('source'), card: 'none', cell: ({ source }) => label('invoice-source', source) },
    {
      key: 'registeredAt',
      title: t('registered'),
      card: 'none',
      hidden: true,
      cell: ({ registeredAt }) => <Moment at={registeredAt} />,
      orders: { ascend: 'registered', descend: '-registered' },
    },
    {
      key: 'details',
      title: t('act'),
      card: 'foot',
      pinned: true,
      exports: [],
      cell: (invoice) => <Button onClick={() => onShow(invoice)}>{t('details')}</Button>,
    },
  ];
}

function InvoiceDetails({ invoice }: { invoice: Invoice }) {
  const t = words.use();
  const label = useLabels();
  const { parts, statement, reversals, checks, files, net, gross, invoicedOn, supplier, lead } = invoice;
  return (
    <div className="stacked-parts">
      <Facts
        facts={[
          [t('seller'), supplier.name],
          [t('buyer'), lead.name],
          [t('day'), invoicedOn],
          [t('net'), <Money key="net" amount={net} />],
          [t('gross'), <Money key="gross" amount={gross} />],
          [
            t('parts'),
            <span key="parts">
              {parts.map(({ order, gross: part }) => (
                <span key={order} className="under">
                  <Link to={`/orders/${order}`} className="order-link">
                    {t('part')}
                  </Link>{' '}
                  <Money amount={part} />
                </span>
              ))}
              {statement && (
                <Link to={`/statements/${statement}`} className="order-link">
                  {t('statement')}
                </Link>
              )}
            </span>,
          ],
          ...reversals.map(({ red, gross: reversed }) => [t('reversed', { amount: reversed }), red] as const),
          [t('files'), files.length > 0 && <FileList key="files" files={files} />],
        ]}
      />
      <section aria-label={t('checks')}>
        <strong>{t('checks')}</strong>
        {checks.length === 0 ? (
          <p className="secondary">{t('noChecks')}</p>
        ) : (
          <ul className="plain">
            {checks.map(({ check, state, checkedOn, side, name, text, files: seen }) => (
              <li key={check}>
                {t('checked', {
                  who: [label('order-holder', side), name].filter(Boolean).join(' '),
                  day: checkedOn,
                })}{' '}
                <StateTag kind="invoice-state" value={state} /> {text}
                <FileList files={seen} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
