import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { defineWords, useLanguage } from '../../app/language';
import { Facts } from '../../kit/object-page';
import { withThousands } from '../../kit/decimal-text';
import { labelOf } from '../../kit/labels';
import { withVat, type Receipt } from './receipt';
import { drawReceipt, type PictureLine } from './receipt-picture';

const words = defineWords('receipt', {
  title: ['报价回执', 'Receipt of an offer'],
  second: ['二次报价回执', 'Receipt of a second offer'],
  number: ['回执号', 'Receipt'],
  at: ['收到时间', 'Received'],
  product: ['产品', 'Product'],
  lead: ['龙头企业', 'Lead firm'],
  quantity: ['数量', 'Quantity'],
  price: ['未税单价', 'Without VAT'],
  gross: ['含税单价', 'With VAT'],
  rate: ['税率', 'VAT rate'],
  sum: ['含税合计', 'Sum with VAT'],
  deliverBy: ['交货日期', 'Delivery date'],
  minimumLot: ['起订量', 'Minimum lot'],
  note: ['备注', 'Note'],
  hash: ['校验码', 'Fingerprint'],
  yuan: ['{{amount}} 元', '{{amount}} yuan'],
  save: ['保存为图片', 'Save as a picture'],
  print: ['打印', 'Print'],
  hold: ['在微信里打开时，长按下面的图片保存', "In an app's own browser: press the picture long to save it"],
  picture: ['回执图片：{{number}}，{{product}}', 'Picture of the receipt {{number}}, {{product}}'],
  file: ['报价回执-{{number}}.png', 'receipt-{{number}}.png'],
  showPicture: ['显示图片', 'Show the picture'],
  foot: [
    '时间为平台收到的时间（北京时间）。校验码由回执内容算出，内容不变则校验码不变。',
    "Times are those of receipt, in Beijing time. The fingerprint is made of the receipt's content and changes with it.",
  ],
});

const TO_THE_SECOND = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** 回执: what was offered and when it was received; to be kept as a picture or on paper. */
export function ReceiptCard({ receipt, head }: { receipt: Receipt; head?: ReactNode }) {
  const t = words.use();
  const language = useLanguage();
  const [picture, setPicture] = useState<string>();
  const { terms, unit } = receipt;
  const { number } = receipt;
  const vat = withVat(receipt);
  const title = t(receipt.round === 2 ? 'second' : 'title');
  const yuan = (amount: string): string => t('yuan', { amount: withThousands(amount) });
  const lines: PictureLine[] = [
    { label: t('number'), value: number, strong: true },
    { label: t('at'), value: TO_THE_SECOND.format(new Date(receipt.receivedAt)), strong: true },
    { label: t('product'), value: receipt.product },
    { label: t('lead'), value: receipt.lead },
    { label: t('quantity'), value: `${withThousands(terms.quantity)} ${unit}`, strong: true },
    { label: t('price'), value: yuan(terms.unitPrice), strong: true },
    { label: t('gross'), value: yuan(vat.price) },
    { label: t('rate'), value: labelOf('vat-rate', terms.vatRate, language) },
    { label: t('sum'), value: yuan(vat.sum) },
    { label: t('deliverBy'), value: terms.deliverBy },
    ...(terms.minimumLot ? [{ label: t('minimumLot'), value: `${withThousands(terms.minimumLot)} ${unit}` }] : []),
    ...(terms.note ? [{ label: t('note'), value: terms.note }] : []),
    { label: t('hash'), value: receipt.sha256 },
  ];
  // The content as text, so that a re-render with the same words draws nothing anew.
  const content = JSON.stringify({ title, lines, foot: [t('foot')] });
  useEffect(() => {
    let gone = false;
    let address: string | undefined;
    void drawReceipt(JSON.parse(content) as Parameters<typeof drawReceipt>[0]).then((blob) => {
      if (gone) return;
      address = URL.createObjectURL(blob);
      setPicture(address);
    });
    return () => {
      gone = true;
      if (address) URL.revokeObjectURL(address);
    };
  }, [content]);
  return (
    <section className="panel receipt" aria-label={title}>
      {head}
      <h2>{title}</h2>
      <Facts facts={lines.map(({ label, value }) => [label, value] as const)} />
      <p className="secondary">{t('foot')}</p>
      <Space wrap className="no-print">
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={picture}
          download={t('file', { number })}
          disabled={!picture}
        >
          {t('save')}
        </Button>
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Space>
      {picture && (
        <details className="no-print">
          <summary>{t('showPicture')}</summary>
          <p className="secondary">{t('hold')}</p>
          <img src={picture} alt={t('picture', { number, product: receipt.product })} className="receipt-picture" />
        </details>
      )}
    </section>
  );
}
