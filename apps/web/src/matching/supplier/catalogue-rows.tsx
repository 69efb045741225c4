import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import type { FieldFault } from '../../api/problem';
import { defineWords, useLanguage } from '../../app/language';
import { usePhone } from '../../app/theme';
import { Price, Quantity } from '../../kit/figures';
import { DayInput, DecimalInput } from '../../kit/inputs';
import { Clock } from '../../kit/time';
import type { Standing } from './line-offers';
import { missingIn, type CommonTerms, type LineOffer, type LineOffers } from './line-offers';
import { grossPrice } from './offer-terms';

type Line = Api['CatalogueLineView'];
export type LineAnswers = Readonly<Record<string, Api['LineAnswer']>>;

const words = defineWords('catalogue-rows', {
  caption: ['目录中正在报价的需求', 'Lines of the catalogue that are open for offers'],
  product: ['产品', 'Product'],
  wanted: ['需求', 'Wanted'],
  wholeOnly: ['须整体报价', 'the whole only'],
  closes: ['截止', 'Ends'],
  quantity: ['数量', 'Quantity'],
  price: ['未税单价', 'Price without VAT'],
  gross: ['含税 ', 'with VAT '],
  deliverBy: ['交货日期', 'Delivery'],
  result: ['结果', 'Result'],
  offered: ['已报价', 'Offered'],
  received: ['已收到', 'Received'],
  missing: ['还缺：{{fields}}', 'Missing: {{fields}}'],
  vatRate: ['税率', 'VAT rate'],
  of: ['{{product}}：{{field}}', '{{product}}: {{field}}'],
});

type RowsProps = {
  readonly lines: readonly Line[];
  readonly standing: Standing;
  readonly typed: LineOffers;
  readonly common: CommonTerms;
  readonly answers: LineAnswers;
  /** What the server found wrong, by listing. */
  readonly faults: ReadonlyMap<string, readonly FieldFault[]>;
  readonly onLine: (listing: string, some: Partial<LineOffer>) => void;
};
type Parts = Record<'product' | 'wanted' | 'quantity' | 'price' | 'deliverBy' | 'result', ReactNode>;

/** The lines with three fields each: cards on a phone, a table on a desktop. */
export function CatalogueRows(props: RowsProps) {
  const t = words.use();
  const phone = usePhone();
  const rows = props.lines.map((line) => ({ key: line.listing, ...line }));
  if (phone)
    return (
      <ul className="cards" aria-label={t('caption')}>
        {rows.map((line) => (
          <li key={line.key} className="panel line-card">
            <LineParts {...props} line={line}>
              {(parts) => (
                <>
                  <div className="row-card-head">
                    <span className="row-card-title">{parts.product}</span>
                    {parts.result}
                  </div>
                  <div className="secondary">{parts.wanted}</div>
                  <div className="line-fields">
                    {(['quantity', 'price', 'deliverBy'] as const).map((key) => (
                      <div key={key}>
                        {!props.standing.has(line.listing) && (
                          <span className="secondary" aria-hidden>
                            {t(key)}
                          </span>
                        )}
                        {parts[key]}
                      </div>
                    ))}
                  </div>
                </>
              )}
            </LineParts>
          </li>
        ))}
      </ul>
    );
  const keys = ['product', 'wanted', 'quantity', 'price', 'deliverBy', 'result'] as const;
  return (
    <div className="wide-table">
      <table className="line-table" aria-label={t('caption')}>
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <tr key={line.key}>
              <LineParts {...props} line={line}>
                {(parts) => keys.map((key) => <td key={key}>{parts[key]}</td>)}
              </LineParts>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineParts({
  line: { listing, terms },
  standing,
  typed,
  common,
  answers,
  faults,
  onLine,
  children,
}: RowsProps & { line: Line; children: (parts: Parts) => ReactNode }) {
  const t = words.use();
  const language = useLanguage();
  const mine = standing.get(listing);
  const value = typed[listing];
  const answer = answers[listing];
  const unit = terms.unit?.name;
  const gross = grossPrice(value?.unitPrice, value?.vatRate ?? common.vatRate);
  const missing = missingIn(value, common, terms);
  const named = (field: string): string => t('of', { product: terms.product, field });
  const product = (
    <Link to={`/listings/${listing}`}>
      <span className="stacked">
        <span>{terms.product}</span>
        {terms.specification && <span className="secondary stacked-under">{terms.specification}</span>}
      </span>
    </Link>
  );
  const wanted = (
    <span className="stacked">
      <span>
        <Quantity quantity={terms.quantity ?? ''} unit={unit} />
        {terms.partsAccepted === false && <> · {t('wholeOnly')}</>}
      </span>
      {terms.quotingDeadline && <Clock due={terms.quotingDeadline} label={t('closes')} />}
    </span>
  );
  if (mine)
    return children({
      product,
      wanted,
      quantity: <Quantity quantity={mine.terms.quantity} unit={unit} />,
      price: <Price price={mine.terms.unitPrice} />,
      deliverBy: <span className="figure">{mine.terms.deliverBy}</span>,
      result: (
        <Link to={`/my-offers/${mine.offer}`} className="card-link">
          <Tag color="success">{t(answer?.result === 'done' ? 'received' : 'offered')}</Tag>
        </Link>
      ),
    });
  return children({
    product,
    wanted,
    quantity: (
      <DecimalInput
        label={named(t('quantity'))}
        unit={unit}
        value={value?.quantity}
        onChange={(quantity) => onLine(listing, { quantity })}
      />
    ),
    price: (
      <>
        <DecimalInput
          label={named(t('price'))}
          value={value?.unitPrice}
          onChange={(unitPrice) => onLine(listing, { unitPrice })}
        />
        {gross !== undefined && (
          <span className="secondary">
            {t('gross')}
            <Price price={gross} />
          </span>
        )}
      </>
    ),
    deliverBy: (
      <DayInput
        label={named(t('deliverBy'))}
        value={value?.deliverBy ?? common.deliverBy ?? terms.deliverBy}
        onChange={(deliverBy) => onLine(listing, { deliverBy })}
      />
    ),
    result: (
      <>
        {answer?.result === 'refused' && <span role="alert">{answer[language]}</span>}
        {faults.get(listing)?.map((fault) => (
          <span key={fault.field + fault.rule} className="late">
            {fault[language]}{' '}
          </span>
        ))}
        {missing.length > 0 && (
          <span className="late">
            {t('missing', { fields: missing.map((field) => t(NAMES[field] ?? 'quantity')).join('、') })}
          </span>
        )}
      </>
    ),
  });
}

const NAMES: Readonly<Record<string, 'quantity' | 'price' | 'vatRate' | 'deliverBy'>> = {
  quantity: 'quantity',
  unitPrice: 'price',
  vatRate: 'vatRate',
  deliverBy: 'deliverBy',
};
