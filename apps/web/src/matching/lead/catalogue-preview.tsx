import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Drawer, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords, useLanguage } from '../../app/language';
import { FileList } from '../../kit/files';
import { Quantity } from '../../kit/figures';
import { StateTag, useLabels } from '../../kit/labels';
import { Facts } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { useAreas, useIndustries } from '../../kit/reference';
import { Clock } from '../../kit/time';
import type { Line } from './catalogue-line-drawer';
import type { Terms } from './catalogue-terms';
import { termWords } from './catalogue-words';

const words = defineWords('catalogue-preview', {
  title: ['供应商看到的样子', 'As a supplier sees it'],
  deadline: ['报价截止', 'Quoting ends'],
  noDeadline: ['截止时间未填', 'No deadline yet'],
  noQuantity: ['数量未填', 'No quantity yet'],
  parts: ['可报部分数量', 'Offers for a part are taken'],
  whole: ['须按全部数量报价', 'Offers must be for the whole quantity'],
  sealed: [
    '截止前，价格和数量只有报价人自己看得到；您只看到报价家数。',
    'Until the close only the offerer sees his price and quantity; you see how many offered.',
  ],
  by: ['采购方', 'Buyer'],
  open: ['打开', 'Open'],
  openNamed: ['打开{{product}}', 'Open {{product}}'],
  back: ['返回列表', 'Back to the list'],
  before: ['上一行', 'Previous'],
  after: ['下一行', 'Next'],
  place: ['第 {{n}} / {{of}} 行', 'Line {{n}} of {{of}}'],
});

/** Every line as suppliers will meet it: as a card of their list, and opened as the service will show it. */
export function PreviewDrawer({
  lines,
  owner,
  onClose,
}: {
  lines: readonly Line[];
  owner: Api['FirmView'];
  onClose: () => void;
}) {
  const t = words.use();
  const [at, setAt] = useState<number>();
  const line = at === undefined ? undefined : lines[at];
  return (
    <Drawer open title={t('title')} size={480} onClose={onClose} destroyOnHidden>
      <div className="preview">
        {line === undefined || at === undefined ? (
          <>
            <Alert type="info" showIcon title={t('sealed')} />
            <ul className="cards">
              {lines.map((one, index) => (
                <li key={one.listing}>
                  <DemandCard
                    terms={one.terms}
                    owner={owner}
                    extra={
                      <Button aria-label={t('openNamed', { product: one.terms.product })} onClick={() => setAt(index)}>
                        {t('open')}
                      </Button>
                    }
                  />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <Space wrap>
              <Button icon={<ArrowLeftOutlined aria-hidden />} onClick={() => setAt(undefined)}>
                {t('back')}
              </Button>
              <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
                {t('before')}
              </Button>
              <Button disabled={at === lines.length - 1} onClick={() => setAt(at + 1)}>
                {t('after')}
              </Button>
              <span className="secondary">{t('place', { n: at + 1, of: lines.length })}</span>
            </Space>
            <Opened key={line.listing} listing={line.listing} />
          </>
        )}
      </div>
    </Drawer>
  );
}

function DemandCard({ terms, owner, extra }: { terms: Terms; owner: Api['FirmView']; extra: ReactNode }) {
  const t = words.use();
  const { areaName } = useAreas();
  return (
    <Card size="small">
      <div className="row-card-head">
        <span className="row-card-title">{terms.product}</span>
        {terms.quantity ? (
          <Quantity quantity={terms.quantity} {...(terms.unit && { unit: terms.unit.name })} />
        ) : (
          <span className="secondary">{t('noQuantity')}</span>
        )}
      </div>
      {terms.specification && <p className="secondary preview-text">{terms.specification}</p>}
      <p className="preview-text">
        {terms.quotingDeadline ? <Clock due={terms.quotingDeadline} label={t('deadline')} /> : t('noDeadline')}
      </p>
      <div className="row-card-head">
        <span className="secondary">
          {owner.name ?? owner.enterprise} {areaName(terms.deliveryPlace?.area)}
        </span>
        {extra}
      </div>
    </Card>
  );
}

/** The service's own answer to what an SME would get, with what still stands against publication. */
function Opened({ listing }: { listing: string }) {
  const t = words.use();
  const term = termWords.use();
  const label = useLabels();
  const language = useLanguage();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  return (
    <Read query={useGet('/api/listings/{listing}/preview', { path: { listing } })}>
      {({ listing: { terms, lead, status }, refused }) => {
        const { deliveryPlace, visibility } = terms;
        const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : term(value ? 'yes' : 'no'));
        return (
          <Card size="small">
            <Space wrap>
              <strong>{terms.product}</strong>
              <StateTag kind="listing-status" value={status} />
            </Space>
            {refused && <Alert type="warning" showIcon className="form-gap" title={refused[language]} />}
            <Facts
              facts={[
                [t('by'), lead.name ?? lead.enterprise],
                [term('quantity'), terms.quantity && <Quantity quantity={terms.quantity} unit={terms.unit?.name} />],
                [term('specification'), terms.specification],
                [t('deadline'), terms.quotingDeadline && <Clock due={terms.quotingDeadline} />],
                [term('deliverBy'), terms.deliverBy],
                [
                  term('deliveryPlace'),
                  deliveryPlace && [areaName(deliveryPlace.area), deliveryPlace.text].filter(Boolean).join(' '),
                ],
                [term('supplyMode'), terms.supplyMode && label('supply-mode', terms.supplyMode)],
                [term('freightIncluded'), yesNo(terms.freightIncluded)],
                [term('invoiceType'), terms.invoiceType && label('invoice-type', terms.invoiceType)],
                [term('paymentTermDays'), terms.paymentTermDays?.toString()],
                [term('paymentTermText'), terms.paymentTermText],
                [term('acceptanceHours'), terms.acceptanceHours?.toString()],
                [
                  term('partsAccepted'),
                  terms.partsAccepted === undefined ? undefined : t(terms.partsAccepted ? 'parts' : 'whole'),
                ],
                [term('drawingNumber'), terms.drawingNumber],
                [term('itemCode'), terms.itemCode],
                [term('industry'), terms.industry && industryName(terms.industry)],
                [term('visibility'), visibility && label('visibility', visibility.class)],
                [term('pledgeText'), visibility?.pledgeText],
                [term('note'), terms.note],
                [term('attachments'), terms.attachments?.length ? <FileList files={terms.attachments} /> : undefined],
              ]}
            />
          </Card>
        );
      }}
    </Read>
  );
}
