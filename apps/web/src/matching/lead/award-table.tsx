import { Decimal } from 'decimal.js';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { withThousands } from '../../kit/decimal-text';
import { Price } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { StateTag } from '../../kit/labels';
import { useAreas } from '../../kit/reference';
import { Rows, type Selection } from '../../kit/rows';
import { hasReason, QuantityCell, ReasonCell, takesQuantity } from './award-cells';
import { offerLeft, percentOf, priceWithVat, splitOffers, type BoardOffer, type Split } from './award-sums';

const words = defineWords('award-table', {
  offers: ['报价', 'Offers'],
  supplier: ['供方', 'Supplier'],
  quantity: ['数量（{{unit}}）', 'Quantity ({{unit}})'],
  lot: ['起订', 'Least lot'],
  lotIs: ['起订 {{lot}}', 'least lot {{lot}}'],
  net: ['未税价（元）', 'Price without VAT (¥)'],
  gross: ['含税价（元）', 'With VAT (¥)'],
  rate: ['税率 {{rate}}%', 'VAT {{rate}}%'],
  date: ['交期', 'Delivery'],
  award: ['定标数量（{{unit}}）', 'Award ({{unit}})'],
  reason: ['理由', 'Reason'],
  left: ['可分 {{quantity}}', '{{quantity}} left'],
  late: ['晚于要求', 'later than asked'],
  note: ['附言：{{note}}', 'Note: {{note}}'],
  lowest: ['最低', 'lowest'],
  area: ['地区', 'Area'],
  certificates: ['证书', 'Certificates'],
  comma: ['、', ', '],
  record: ['履约记录', 'Record with you'],
  accepted: ['接单 {{accepted}} / {{awards}} 次', 'accepted {{accepted}} of {{awards}}'],
  declined: ['谢绝 {{count}}', 'declined {{count}}'],
  lapsed: ['逾期 {{count}}', 'lapsed {{count}}'],
  doubtful: ['核查存疑 {{count}}', 'doubtful in checks {{count}}'],
  untrue: ['核查不属实 {{count}}', 'untrue in checks {{count}}'],
  first: ['未曾定标', 'never awarded'],
});

type Terms = Api['ListingTerms'];
type Props = {
  readonly terms: Terms;
  readonly offers: readonly BoardOffer[];
  /** Without it the offers are shown and nothing is given. */
  readonly editing?: { readonly split: Split; readonly onChange: (split: Split) => void } | undefined;
  readonly selection?: Selection<BoardOffer>;
  /** Beside a list of lines there is room for fewer columns: what is told of a firm stands under its name. */
  readonly compact?: boolean;
};

const figure = (of: (terms: Api['OfferTerms']) => string) => (a: BoardOffer, b: BoardOffer) =>
  a.terms && b.terms ? new Decimal(of(a.terms)).cmp(of(b.terms)) : 0;
const ORDERS: Record<string, (a: BoardOffer, b: BoardOffer) => number> = {
  quantity: figure(({ quantity }) => quantity),
  lot: figure(({ minimumLot }) => minimumLot ?? '0'),
  net: figure(({ unitPrice }) => unitPrice),
  gross: figure(({ unitPrice, vatRate }) => priceWithVat(unitPrice, vatRate)),
  date: (a, b) => (a.terms?.deliverBy ?? '').localeCompare(b.terms?.deliverBy ?? ''),
  area: (a, b) => (a.supplier.area ?? '').localeCompare(b.supplier.area ?? ''),
  record: (a, b) => (a.record?.accepted ?? 0) - (b.record?.accepted ?? 0),
  supplier: (a, b) => (a.supplier.name ?? '').localeCompare(b.supplier.name ?? '', 'zh-CN'),
};

function sorted(offers: readonly BoardOffer[], order: string | undefined): BoardOffer[] {
  const by = ORDERS[order?.replace('-', '') ?? 'net'] ?? ORDERS['net']!;
  return [...offers].sort((a, b) => (order?.startsWith('-') ? by(b, a) : by(a, b)));
}

/** Columns that a compact board tells in the others. */
const FOLDED: ReadonlySet<string> = new Set(['lot', 'area', 'certificates']);

/** The offers of one listing side by side, cheapest first, each with what it is to get. */
export function AwardTable({ terms, offers, editing, selection, compact = false }: Props) {
  const t = words.use();
  const { areaName } = useAreas();
  const [order, setOrder] = useState<string>();
  const unit = terms.unit?.name ?? '';
  const split = splitOffers(offers);
  const prices = split.filter(({ standing }) => standing).map(({ unitPrice }) => unitPrice);
  const lowest = prices.length > 1 ? Decimal.min(...prices) : undefined;
  const orders = (key: string) => ({ ascend: key, descend: `-${key}` });
  const columns: Column<BoardOffer>[] = [
    {
      key: 'supplier',
      title: t('supplier'),
      card: 'head',
      orders: orders('supplier'),
      cell: ({ supplier, state, terms: given }) => (
        <div className="award-firm">
          <Firm firm={supplier} />
          {state !== 'standing' && <StateTag kind="offer-state" value={state} />}
          {compact && (
            <span className="secondary under">
              {[areaName(supplier.area), ...supplier.certificates].filter(Boolean).join(t('comma'))}
            </span>
          )}
          {given?.note && <span className="secondary under">{t('note', { note: given.note })}</span>}
        </div>
      ),
    },
    {
      key: 'quantity',
      title: t('quantity', { unit }),
      figure: true,
      orders: orders('quantity'),
      cell: ({ offer, terms: given }) => {
        const one = split.find((some) => some.offer === offer);
        return (
          <>
            {given && withThousands(given.quantity)}
            {compact && given?.minimumLot && (
              <span className="secondary under">{t('lotIs', { lot: withThousands(given.minimumLot) })}</span>
            )}
            {one && one.live.length > 0 && (
              <span className="secondary under">{t('left', { quantity: withThousands(offerLeft(one)) })}</span>
            )}
          </>
        );
      },
    },
    {
      key: 'lot',
      title: t('lot'),
      figure: true,
      orders: orders('lot'),
      cell: ({ terms: given }) => (given?.minimumLot ? withThousands(given.minimumLot) : '—'),
    },
    {
      key: 'net',
      title: t('net'),
      figure: true,
      orders: orders('net'),
      cell: ({ terms: given }) =>
        given && (
          <>
            <Price price={given.unitPrice} />
            {lowest?.eq(given.unitPrice) && <span className="secondary under">{t('lowest')}</span>}
          </>
        ),
    },
    {
      key: 'gross',
      title: t('gross'),
      figure: true,
      orders: orders('gross'),
      cell: ({ terms: given }) =>
        given && (
          <>
            <Price price={priceWithVat(given.unitPrice, given.vatRate)} />
            <span className="secondary under">{t('rate', { rate: percentOf(given.vatRate) })}</span>
          </>
        ),
    },
    {
      key: 'date',
      title: t('date'),
      orders: orders('date'),
      cell: ({ terms: given }) =>
        given && (
          <span className="figure">
            {given.deliverBy}
            {terms.deliverBy && given.deliverBy > terms.deliverBy && (
              <span className="secondary under">{t('late')}</span>
            )}
          </span>
        ),
    },
  ];
  columns.push(
    {
      key: 'area',
      title: t('area'),
      orders: orders('area'),
      cell: ({ supplier }) => areaName(supplier.area) || '—',
    },
    {
      key: 'certificates',
      title: t('certificates'),
      cell: ({ supplier }) => (
        <span className="award-certificates">{supplier.certificates.join(t('comma')) || '—'}</span>
      ),
    },
  );
  if (offers.some(({ record }) => record)) {
    columns.push({
      key: 'record',
      title: t('record'),
      orders: orders('record'),
      cell: ({ record }) => record && <Record record={record} />,
    });
  }
  if (editing) {
    const cellOf = ({ offer, supplier }: BoardOffer) => {
      const one = split.find((some) => some.offer === offer);
      if (!one) return undefined;
      const listing = { quantity: terms.quantity ?? '0', partsAccepted: terms.partsAccepted ?? true };
      return { ...editing, offer: one, offers: split, listing, who: supplier.name ?? supplier.enterprise };
    };
    columns.push(
      {
        key: 'award',
        title: t('award', { unit }),
        figure: true,
        pinned: true,
        cell: (row) => {
          const cell = cellOf(row);
          return cell && takesQuantity(cell) ? <QuantityCell {...cell} /> : null;
        },
      },
      {
        key: 'reason',
        title: t('reason'),
        pinned: true,
        cell: (row) => {
          const cell = cellOf(row);
          return cell && hasReason(cell) ? <ReasonCell {...cell} /> : null;
        },
      },
    );
  }
  return (
    <div data-board>
      <Rows
        caption={t('offers')}
        items={sorted(offers, order)}
        columns={compact ? columns.filter(({ key }) => !FOLDED.has(key)) : columns}
        rowKey={({ offer }) => offer}
        sorting={{ order: order ?? 'net', onOrder: setOrder }}
        {...(selection && { selection })}
      />
    </div>
  );
}

/** What came of earlier awards to the firm. */
function Record({ record }: { record: Api['TradeRecordView'] }) {
  const t = words.use();
  const { awards, accepted } = record;
  const marks = (['declined', 'lapsed', 'doubtful', 'untrue'] as const).filter((mark) => record[mark] > 0);
  return (
    <>
      {awards === 0 ? <span className="secondary">{t('first')}</span> : t('accepted', { accepted, awards })}
      {marks.map((mark) => (
        <span key={mark} className="secondary under">
          {t(mark, { count: record[mark] })}
        </span>
      ))}
    </>
  );
}
