import { Form, Input, type FormInstance } from 'antd';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import { Price } from '../../kit/figures';
import { ChoiceSelect, DayInput, DecimalInput } from '../../kit/inputs';
import { useLabels } from '../../kit/labels';
import { Field } from '../../kit/write-form';
import { amounts, grossPrice, isAbove, type TypedTerms } from './offer-terms';

const words = defineWords('offer-fields', {
  quantity: ['数量', 'Quantity'],
  whole: ['需求 {{quantity}} {{unit}}，须整体报价', 'Asked for: {{quantity}} {{unit}}, the whole only'],
  parts: ['需求 {{quantity}} {{unit}}，可以只报一部分', 'Asked for: {{quantity}} {{unit}}; a part is welcome'],
  unitPrice: ['未税单价', 'Unit price without VAT'],
  yuanPer: ['元/{{unit}}', 'yuan/{{unit}}'],
  gross: ['含税', 'With VAT'],
  total: ['合计含税', 'in all, with VAT'],
  totalNet: ['合计未税', 'in all, without VAT'],
  rateMissing: ['选了税率就显示含税价', 'Choose the VAT rate to see the price with VAT'],
  rateIs: ['税率 {{rate}}，含税价显示在这里', 'The price with VAT of {{rate}} is shown here'],
  deliverBy: ['交货日期', 'Delivery date'],
  wanted: ['需求交货日期 {{day}}', 'Wanted by {{day}}'],
  late: ['比需求晚，龙头企业会看到', 'Later than wanted; the lead firm will see that'],
  more: ['税率、起订量、备注', 'VAT rate, minimum lot, note'],
  vatRate: ['税率', 'VAT rate'],
  minimumLot: ['起订量', 'Minimum lot'],
  minimumHelp: ['定标少于这个数量时你不接。可不填', 'You take no award below this. May be left empty'],
  note: ['备注', 'Note'],
  noteHelp: ['不要写姓名、电话和身份证号', 'No names, phone or ID numbers'],
  above: ['二次报价不得高于原单价 {{price}}', 'A second price must not be above {{price}}'],
});

export type OfferFieldsProps = {
  readonly form: FormInstance;
  readonly listing: Api['ListingTerms'];
  /** The terms that bind already, in a second round: nothing may get worse. */
  readonly bound?: Api['OfferTerms'] | undefined;
  /** Opened where something in the fold still has to be chosen. */
  readonly open: boolean;
};

/** Three fields, the price with VAT beneath, and what seldom changes behind a fold. */
export function OfferFields({ form, listing, bound, open }: OfferFieldsProps) {
  const t = words.use();
  const unit = listing.unit?.name ?? '';
  const wanted = { quantity: withThousands(listing.quantity ?? ''), unit };
  const deliverBy = Form.useWatch<string | undefined>(['terms', 'deliverBy'], form);
  const late = deliverBy !== undefined && listing.deliverBy !== undefined && deliverBy > listing.deliverBy;
  return (
    <>
      <Field
        name={['terms', 'quantity']}
        label={t('quantity')}
        required
        help={t(listing.partsAccepted === false ? 'whole' : 'parts', wanted)}
      >
        <DecimalInput unit={unit} />
      </Field>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const terms = (getFieldValue('terms') ?? {}) as TypedTerms;
          return (
            <Field
              name={['terms', 'unitPrice']}
              label={t('unitPrice')}
              required
              help={
                bound && isAbove(terms.unitPrice, bound.unitPrice) ? (
                  <strong className="late">{t('above', { price: bound.unitPrice })}</strong>
                ) : (
                  <WithVat terms={terms} />
                )
              }
            >
              <DecimalInput unit={t('yuanPer', { unit })} />
            </Field>
          );
        }}
      </Form.Item>
      <Field
        name={['terms', 'deliverBy']}
        label={t('deliverBy')}
        required
        help={
          <>
            {listing.deliverBy && t('wanted', { day: listing.deliverBy })}
            {late && <strong className="late"> {t('late')}</strong>}
          </>
        }
      >
        <DayInput />
      </Field>
      <details className="more-fields" open={open}>
        <summary>{t('more')}</summary>
        <Field name={['terms', 'vatRate']} label={t('vatRate')} required>
          <ChoiceSelect kind="vat-rate" disabled={bound !== undefined} />
        </Field>
        <Field name={['terms', 'minimumLot']} label={t('minimumLot')} help={t('minimumHelp')}>
          <DecimalInput unit={unit} />
        </Field>
        <Field name={['terms', 'note']} label={t('note')} help={t('noteHelp')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </details>
    </>
  );
}

/** 含税 beneath the price as it is typed, with the rate that it rests on, and what the whole comes to. */
function WithVat({ terms }: { terms: TypedTerms }) {
  const t = words.use();
  const label = useLabels();
  const gross = grossPrice(terms.unitPrice, terms.vatRate);
  const sums = amounts(terms);
  return (
    <span aria-live="polite">
      {terms.vatRate === undefined ? (
        t('rateMissing')
      ) : gross === undefined ? (
        t('rateIs', { rate: label('vat-rate', terms.vatRate) })
      ) : (
        <>
          {t('gross')} <Price price={gross} />（{label('vat-rate', terms.vatRate)}）
        </>
      )}
      {sums && (
        <>
          {' · '}
          {t(sums.gross ? 'total' : 'totalNet')} <Price price={sums.gross ?? sums.net} />
        </>
      )}
    </span>
  );
}
