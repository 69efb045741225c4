import { Button, Drawer, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Rows } from '../kit/rows';
import { minuteText } from '../kit/time';
import { isZero } from '../orders/order-amounts';
import {
  baseSum,
  countedSum,
  orderNumbers,
  sumLines,
  tradeRows,
  type DerivationLine,
  type DerivationView,
  type TradeRow,
} from './derivation-rows';
import { useDerivationSentence } from './use-derivation-sentence';
import { useReasonWord } from './use-reason-word';
import '../orders/orders.css';

const words = defineWords('claim-trades', {
  heading: ['交易', 'Trades'],
  trade: ['订单和发票', 'Order and invoice'],
  steps: ['怎么算出来的', 'How it comes about'],
  order: ['订单 {{number}}', 'Order {{number}}'],
  loan: ['贷款 {{number}}', 'Loan {{number}}'],
  invoice: ['发票', 'Invoice'],
  firms: ['企业', 'Firms'],
  date: ['日期', 'Day'],
  counted: ['计入（元）', 'Counts (yuan)'],
  not: ['不计入：{{reason}}', 'not counted: {{reason}}'],
  sum: ['计入 {{count}} 笔，合计', '{{count}} count; in all'],
  agrees: ['与基数一致', 'equal to the base'],
  differs: ['与基数不一致，请停止办理并报告', 'not equal to the base: stop and report it'],
  open: ['看依据', 'What it rests on'],
  openOrder: ['打开订单看凭证', 'Open the order and its evidence'],
  checks: ['这张订单的发票和查验', 'Its invoices and their look-ups'],
  events: ['依据的事件', 'Events that it rests on'],
  none: ['平台上还没有你的订单', 'None of your orders are on the platform yet'],
  each: ['每笔怎么算出来的', 'How each trade comes about'],
  award: ['补助', 'Award'],
  supplemented: ['补录', 'recorded late'],
  supplementedAs: ['补录：{{kind}} {{date}}，记录于 {{at}}', 'recorded late: {{kind}} of {{date}}, on {{at}}'],
});

/** The trades of a claim and the sum from them to the award, each line with what it rests on. */
export function ClaimTrades({
  of,
  products = {},
  beside,
  isWhole = false,
}: {
  of: DerivationView;
  /** What is traded, by order. */
  products?: Readonly<Record<string, string>>;
  beside?: ReactNode;
  /** On paper nothing opens: what each trade rests on is printed below. */
  isWhole?: boolean;
}) {
  const t = words.use();
  const rows = tradeRows(of);
  const { sentence, firmName } = useDerivationSentence(rows, of.lines);
  const [open, setOpen] = useState<TradeRow>();
  const numbers = orderNumbers(rows);
  const nameOf = ({ order, loan }: TradeRow): string =>
    t(loan === undefined ? 'order' : 'loan', { number: numbers.get((order ?? loan)!) ?? '' });
  return (
    <div className="claim-columns">
      <section>
        <h2>{t('heading')}</h2>
        {rows.length === 0 ? (
          <p className="secondary">{t('none')}</p>
        ) : (
          <Trades
            rows={rows}
            late={of.supplemented}
            products={products}
            nameOf={nameOf}
            firmName={firmName}
            onOpen={setOpen}
          />
        )}
        <Sum rows={rows} base={of.grounds.base} />
      </section>
      <div>
        <section className="panel">
          <h2>{t('steps')}</h2>
          <ol className="sum-steps">
            {sumLines(of).map((line, index) => (
              <li key={index}>
                <span>{sentence(line)}</span>
              </li>
            ))}
          </ol>
          <p className="sum-line">
            {t('award')} <Money amount={of.grounds.award} />
          </p>
        </section>
        {beside}
      </div>
      {isWhole && (
        <section className="trades-whole">
          <h2>{t('each')}</h2>
          {rows.map((row) => (
            <div key={row.key} className="trail-part">
              <h3>{[nameOf(row), row.invoice && `${t('invoice')} ${row.invoice}`].filter(Boolean).join(' · ')}</h3>
              <ol className="sum-steps">
                {row.lines.map((line, index) => (
                  <li key={index}>{sentence(line)}</li>
                ))}
              </ol>
            </div>
          ))}
        </section>
      )}
      <Drawer
        open={open !== undefined}
        title={open && [nameOf(open), open.invoice && `${t('invoice')} ${open.invoice}`].filter(Boolean).join(' · ')}
        onClose={() => setOpen(undefined)}
        size={480}
        destroyOnHidden
      >
        {open && <Basis row={open} late={lateOf(of.supplemented, open)} sentence={sentence} />}
      </Drawer>
    </div>
  );
}

type Late = DerivationView['supplemented'];

/** Facts of an order that were recorded long after their day, or after the round opened; of an invoice its own alone. */
const lateOf = (late: Late, { order, date }: TradeRow): Late =>
  late.filter((one) => one.order === order && (one.kind !== 'invoice' || one.date === date));

function Trades({
  rows,
  late,
  products,
  nameOf,
  firmName,
  onOpen,
}: {
  rows: readonly TradeRow[];
  late: Late;
  products: Readonly<Record<string, string>>;
  nameOf: (row: TradeRow) => string;
  firmName: (code: string) => string;
  onOpen: (row: TradeRow) => void;
}) {
  const t = words.use();
  const label = useLabels();
  const reasonWord = useReasonWord();
  const grey = (row: TradeRow, shown: ReactNode): ReactNode =>
    row.counted === undefined ? <span className="secondary">{shown}</span> : shown;
  const columns: Column<TradeRow>[] = [
    {
      key: 'order',
      title: t('trade'),
      card: 'head',
      width: 178,
      cell: (row) =>
        grey(
          row,
          <span className="stacked">
            <span>
              {nameOf(row)} {lateOf(late, row).length > 0 && <Tag color="warning">{t('supplemented')}</Tag>}
            </span>
            {row.order && products[row.order] && <span className="secondary stacked-under">{products[row.order]}</span>}
            {row.invoice && <span className="figure secondary stacked-under">{`${t('invoice')} ${row.invoice}`}</span>}
          </span>,
        ),
    },
    {
      key: 'firms',
      title: t('firms'),
      width: 160,
      cell: (row) => {
        const { lead, supplier } = row;
        return lead && supplier ? grey(row, `${firmName(supplier)} → ${firmName(lead)}`) : null;
      },
    },
    {
      key: 'date',
      title: t('date'),
      width: 96,
      cell: (row) =>
        grey(
          row,
          <span className="stacked">
            <span className="figure">{row.date ?? row.contractDate}</span>
            {row.kind && <span className="secondary stacked-under">{label('supply-mode', row.kind)}</span>}
          </span>,
        ),
    },
    {
      key: 'counted',
      title: t('counted'),
      figure: true,
      width: 120,
      cell: (row) =>
        row.counted === undefined ? (
          <Tag className="wrap">{t('not', { reason: reasonWord(row) })}</Tag>
        ) : (
          <Money amount={row.counted} />
        ),
    },
    {
      key: 'open',
      title: '',
      card: 'foot',
      width: 76,
      cell: (row) => (
        <Button size="small" onClick={() => onOpen(row)}>
          {t('open')}
        </Button>
      ),
    },
  ];
  return <Rows<TradeRow> caption={t('heading')} items={rows} rowKey={({ key }) => key} columns={columns} />;
}

function Sum({ rows, base }: { rows: readonly TradeRow[]; base: Readonly<Record<string, string>> }) {
  const t = words.use();
  const label = useLabels();
  const counting = rows.filter(({ counted }) => counted !== undefined);
  const sum = countedSum(rows);
  const bases = Object.entries(base).filter(([, amount]) => !isZero(amount));
  const agrees = sum === baseSum(base);
  return (
    <div className="sum-line">
      <div>
        {t('sum', { count: counting.length })} <Money amount={sum} />{' '}
        <span className={agrees ? 'good' : 'bad'}>{t(agrees ? 'agrees' : 'differs')}</span>
      </div>
      <div className="secondary">
        {bases.map(([kind, amount]) => (
          <span key={kind} className="sum-part">
            {label('claim-base', kind)} <Money amount={amount} />
          </span>
        ))}
      </div>
    </div>
  );
}

function Basis({ row, late, sentence }: { row: TradeRow; late: Late; sentence: (line: DerivationLine) => string }) {
  const t = words.use();
  const label = useLabels();
  const reasonWord = useReasonWord();
  const standing = useStanding();
  // Finance offices read claims and no orders.
  const readsOrders = standing && (standing.firm || standing.office || standing.auditor);
  const events = [...new Set(row.lines.flatMap((line) => line.events))];
  return (
    <>
      {row.leftOut && <p>{t('not', { reason: reasonWord(row) })}</p>}
      <ol className="sum-steps">
        {row.lines.map((line, index) => (
          <li key={index}>{sentence(line)}</li>
        ))}
      </ol>
      {late.map(({ event, kind, date, recordedAt }) => (
        <p key={event} className="late">
          {t('supplementedAs', { kind: label('fact-kind', kind), date, at: minuteText(recordedAt) })}
        </p>
      ))}
      {readsOrders && row.order && (
        <div className="panel-links">
          <Link to={`/orders/${row.order}`} className="card-link">
            {t('openOrder')}
          </Link>
          <Link to={`/invoices?of=${row.order}`} className="card-link">
            {t('checks')}
          </Link>
        </div>
      )}
      {events.length > 0 && (
        <details className="more-fields">
          <summary>{`${t('events')} ${events.length}`}</summary>
          <ul className="plain break secondary">
            {events.map((event) => (
              <li key={event}>{event}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
