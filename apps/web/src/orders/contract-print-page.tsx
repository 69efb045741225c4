import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { Money, Price, Quantity } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Read } from '../kit/page-state';
import { useAreas } from '../kit/reference';
import type { Answer } from '../api/client';
import { capitalsOf } from './capitals';
import { lineName } from './line-quantities';
import { asPercent } from './order-amounts';
import './orders.css';

type Contract = Answer<'/api/orders/{order}/contract', 'get'>;
type Firm = Contract['lead'];

const words = defineWords('contract-print', {
  title: ['购销合同', 'Contract of sale'],
  processing: ['加工合同', 'Contract for processing'],
  back: ['回到订单', 'Back to the order'],
  print: ['打印', 'Print'],
  draft: [
    '双方还没有登记确认的合同，下面的签订日期和付款条款空着，打印后填写、签章，再回到订单登记。',
    'No contract was confirmed yet: date and payment terms are left blank to be filled in, signed, and then entered.',
  ],
  number: ['合同编号', 'Number'],
  signedOn: ['签订日期', 'Signed on'],
  buyer: ['需方（甲方）', 'Buyer (party A)'],
  seller: ['供方（乙方）', 'Seller (party B)'],
  code: ['统一社会信用代码', 'Unified social credit code'],
  address: ['住所', 'Address'],
  lines: ['一、产品、数量和价格（人民币）', '1. Products, quantities and prices (CNY)'],
  row: ['序号', 'No.'],
  product: ['产品、规格', 'Product, specification'],
  quantity: ['数量', 'Quantity'],
  net: ['未税单价', 'Price without VAT'],
  netAmount: ['未税金额', 'Without VAT'],
  gross: ['含税金额', 'With VAT'],
  deliverBy: ['交货日期', 'Deliver by'],
  sum: ['合计', 'In all'],
  capitals: ['含税合计人民币（大写）', 'With VAT, in words'],
  ofWhich: [
    '税率 {{rate}}，未税 {{net}}，税额 {{vat}}，含税 {{gross}}',
    'VAT {{rate}}: without {{net}}, VAT {{vat}}, with {{gross}}',
  ],
  delivery: ['二、交货', '2. Delivery'],
  mode: ['供料方式：{{mode}}', 'Material: {{mode}}'],
  place: ['交货地点：{{place}}', 'Place: {{place}}'],
  freight: ['运费：由{{who}}承担', 'Freight: borne by {{who}}'],
  sellerPays: ['供方', 'the seller'],
  buyerPays: ['需方', 'the buyer'],
  tolerance: ['溢短装：每行 ±{{percent}}%', 'Tolerance: ±{{percent}} % of a line'],
  noTolerance: ['溢短装：不允许', 'Tolerance: none'],
  invoice: ['三、发票和付款', '3. Invoice and payment'],
  invoiceType: ['发票类型：{{type}}', 'Invoice: {{type}}'],
  term: ['付款：{{from}} {{days}} 天内付清', 'Payment: within {{days}} days {{from}}'],
  termBlank: ['付款：自□送货 □验收之日起 ______ 天内付清', 'Payment: within ______ days from □ delivery □ acceptance'],
  termListed: [
    '付款：自□送货 □验收之日起 {{days}} 天内付清',
    'Payment: within {{days}} days from □ delivery □ acceptance',
  ],
  interest: ['逾期付款按年利率 {{percent}}% 计息', 'Late payment bears {{percent}} % interest a year'],
  interestRule: [
    '逾期付款利息按《保障中小企业款项支付条例》办理',
    'Interest on late payment follows the Regulation on Ensuring Payments to SMEs',
  ],
  other: ['四、其他', '4. Other'],
  acceptance: [
    '需方收货后逐行验收，拒收的写明原因；对一方登记的送货、发票和付款，另一方应在 10 个工作日内确认或提出争议。',
    'The buyer accepts by line and gives reasons for what it rejects; each side answers what the other enters within 10 working days.',
  ],
  copies: [
    '本合同一式两份，双方各执一份，签章后生效。',
    'In two copies, one for each side; valid once signed and sealed.',
  ],
  sign: ['签章', 'Signature and seal'],
  date: ['日期', 'Date'],
  colon: ['：', ': '],
});

/** The contract on A4: both firms, lines, sums in figures and capitals, terms, places to sign. */
export function ContractPrintPage() {
  const { order = '' } = useParams();
  const contract = useGet('/api/orders/{order}/contract', { path: { order } });
  return <Read query={contract}>{(one) => <Sheet of={one} />}</Read>;
}

function Sheet({ of }: { of: Contract }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { contract, lines, supplyMode, vatRate, net, vat, gross } = of;
  const [first] = lines;
  const places = [
    ...new Set(
      lines.flatMap(({ deliveryPlace }) =>
        deliveryPlace ? [`${areaName(deliveryPlace.area)} ${deliveryPlace.text ?? ''}`.trim()] : [],
      ),
    ),
  ];
  const types = [...new Set(lines.flatMap(({ invoiceType }) => invoiceType ?? []))];
  const termText = [...new Set(lines.flatMap(({ paymentTermText }) => paymentTermText ?? []))];
  const days = [...new Set(lines.map(({ paymentTermDays }) => paymentTermDays))];
  const listed = days.length === 1 && days[0] !== undefined ? String(days[0]) : undefined;
  return (
    <div className="page-part contract-sheet">
      <div className="no-print contract-acts">
        <Link to={`/orders/${of.order}`} className="card-link">
          ← {t('back')}
        </Link>
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      {!contract && <Alert className="no-print" type="info" showIcon title={t('draft')} />}
      <Typography.Title level={1}>{t(supplyMode === 'processing' ? 'processing' : 'title')}</Typography.Title>
      <p className="contract-head">
        <span>
          {t('number')}
          {t('colon')}
          {contract?.number ?? '____________'}
        </span>
        <span>
          {t('signedOn')}
          {t('colon')}
          {contract?.signedOn ?? '____________'}
        </span>
      </p>
      <div className="contract-firms">
        <Party title={t('buyer')} firm={of.lead} />
        <Party title={t('seller')} firm={of.supplier} />
      </div>
      <h2>{t('lines')}</h2>
      <div className="contract-scroll" tabIndex={0} role="region" aria-label={t('lines')}>
        <table className="contract-table">
          <thead>
            <tr>
              {(['row', 'product', 'quantity', 'net', 'netAmount', 'gross', 'deliverBy'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={line.line}>
                <td>{index + 1}</td>
                <td>
                  {lineName(line)}
                  {line.itemCode && <span className="secondary under">{line.itemCode}</span>}
                </td>
                <td className="figure">
                  <Quantity quantity={line.quantity} unit={line.unit.name} />
                </td>
                <td className="figure">
                  <Price price={line.unitPrice} />
                </td>
                <td className="figure">
                  <Money amount={line.net} />
                </td>
                <td className="figure">
                  <Money amount={line.gross} />
                </td>
                <td className="figure">{line.deliverBy}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th colSpan={4} scope="row">
                {t('sum')}
              </th>
              <td className="figure">
                <Money amount={net} />
              </td>
              <td className="figure">
                <Money amount={gross} />
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      <p>
        {t('capitals')}
        {t('colon')}
        <strong lang="zh-CN">{capitalsOf(gross)}</strong>
      </p>
      <p>
        {t('ofWhich', {
          rate: label('vat-rate', vatRate),
          net: withThousands(net),
          vat: withThousands(vat),
          gross: withThousands(gross),
        })}
      </p>
      <h2>{t('delivery')}</h2>
      <ol>
        <li>{t('mode', { mode: label('supply-mode', supplyMode) })}</li>
        {places.length > 0 && <li>{t('place', { place: places.join('; ') })}</li>}
        {first?.freightIncluded !== undefined && (
          <li>{t('freight', { who: t(first.freightIncluded ? 'sellerPays' : 'buyerPays') })}</li>
        )}
        <li>
          {contract?.tolerance ? t('tolerance', { percent: asPercent(contract.tolerance) ?? '' }) : t('noTolerance')}
        </li>
      </ol>
      <h2>{t('invoice')}</h2>
      <ol>
        {types.length > 0 && (
          <li>{t('invoiceType', { type: types.map((type) => label('invoice-type', type)).join(' / ') })}</li>
        )}
        <li>
          {contract
            ? t('term', { from: label('payment-from', contract.paymentFrom), days: contract.paymentTermDays })
            : listed
              ? t('termListed', { days: listed })
              : t('termBlank')}
          {termText.length > 0 && ` (${termText.join('; ')})`}
        </li>
        <li>
          {contract?.lateInterest
            ? t('interest', { percent: asPercent(contract.lateInterest) ?? '' })
            : t('interestRule')}
        </li>
      </ol>
      <h2>{t('other')}</h2>
      <ol>
        <li>{t('acceptance')}</li>
        <li>{t('copies')}</li>
      </ol>
      <div className="contract-firms contract-signs">
        {([t('buyer'), t('seller')] as const).map((side) => (
          <div key={side}>
            <strong>{side}</strong>
            <p>
              {t('sign')}
              {t('colon')}
            </p>
            <p>
              {t('date')}
              {t('colon')}
            </p>
          </div>
        ))}
      </div>
    </div>
  );
}

function Party({ title, firm: { enterprise, name, address, area } }: { title: string; firm: Firm }) {
  const t = words.use();
  const { areaName } = useAreas();
  return (
    <div>
      <strong>{title}</strong>
      <p>{name ?? enterprise}</p>
      <p>
        {t('code')}
        {t('colon')}
        <span className="figure">{enterprise}</span>
      </p>
      <p>
        {t('address')}
        {t('colon')}
        {[areaName(area), address].filter(Boolean).join(' ')}
      </p>
    </div>
  );
}
