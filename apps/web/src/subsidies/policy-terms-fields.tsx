import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { Field, FieldPrefix } from '../kit/write-form';

const words = defineWords('policy-fields', {
  title: ['名称', 'Title'],
  from: ['施行日', 'In force from'],
  until: ['最后申报日', 'Last day of filing'],
  stated: ['标准（按原文）', 'What it pays (by its text)'],
  fraction: ['写成小数：1% 写 0.01', 'As a fraction: 1 % is 0.01'],
  sales: ['配套销售额奖励比例', 'Rate on sales'],
  output: ['加工产值奖励比例', 'Rate on output value'],
  fee: ['加工费奖励比例', 'Rate on fees'],
  share: ['贴息比例', 'Share of the interest'],
  thresholdOutput: ['加工产值门槛（元，含）', 'Output value of at least (yuan)'],
  thresholdFee: ['加工费门槛（元，含）', 'Fees of at least (yuan)'],
  thresholdShare: ['产值与加工费占销售额（含）', 'Output and fees over sales of at least'],
  cap: ['最高（元）', 'At most (yuan)'],
  sizes: ['企业规模（不选即不限）', 'Sizes (any where none)'],
  subsidiaries: ['龙头企业子公司', 'Subsidiaries of leads'],
  months: ['最长贴息（月）', 'Interest of at most (months)'],
  procedure: ['程序', 'Procedure'],
  notice: ['公示（工作日）', 'Public notice (working days)'],
  standStill: ['公示后静候（天）', 'Stand-still after it (days)'],
  answer: ['异议答复（工作日）', 'Objections answered within (working days)'],
  anonymous: ['接受匿名异议', 'Objections may come without a name'],
  budget: ['资金上限（元，没有就不填）', 'Budget (yuan, if any)'],
  note: ['说明', 'Note'],
  materials: ['申报材料', 'Materials'],
  material: ['代号', 'Name'],
  materialTitle: ['材料', 'Material'],
  required: ['必交', 'Required'],
  mayFollow: ['可容缺后补', 'May follow later'],
  legalBasis: ['政策依据', 'Legal basis'],
  basisTitle: ['文件', 'Document'],
  issuedBy: ['发文机关', 'Issued by'],
  number: ['文号', 'Number'],
  issuedOn: ['日期', 'Day'],
  clause: ['条款', 'Clause'],
  sources: ['出处', 'Sources'],
  sourceTitle: ['名称', 'Title'],
  address: ['网址', 'Address'],
  reviews: ['审查记录', 'Reviews'],
  kind: ['审查', 'Review'],
  office: ['审查单位', 'Office'],
  result: ['结论', 'Result'],
  add: ['加一项', 'Add one'],
  remove: ['删除第 {{number}} 项', 'Remove number {{number}}'],
});

const PREFIX = ['terms'];

/** Title, days, what the text states, and the procedure. */
export function TermsFields({ beneficiary }: { beneficiary: Api['PolicyTerms']['beneficiary'] }) {
  const t = words.use();
  const sizes = useChoices('size');
  return (
    <FieldPrefix.Provider value={PREFIX}>
      <Field name="title" label={t('title')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="effectiveFrom" label={t('from')} required>
        <DayInput />
      </Field>
      <Field name="endsOn" label={t('until')} required>
        <DayInput />
      </Field>
      <h2 className="form-part">{t('stated')}</h2>
      <p className="secondary">{t('fraction')}</p>
      <div className="line-quantities">
        {beneficiary === 'lead' && <Typed name={['stated', 'rates', 'sales']} label={t('sales')} />}
        {beneficiary === 'sme' && (
          <>
            <Typed name={['stated', 'rates', 'output']} label={t('output')} />
            <Typed name={['stated', 'rates', 'fee']} label={t('fee')} />
            <Typed name={['stated', 'thresholds', 'output']} label={t('thresholdOutput')} />
            <Typed name={['stated', 'thresholds', 'fee']} label={t('thresholdFee')} />
            <Typed name={['stated', 'thresholds', 'shareOfSales']} label={t('thresholdShare')} />
          </>
        )}
        {beneficiary === 'loan' && (
          <>
            <Typed name={['stated', 'rates', 'share']} label={t('share')} />
            <Field name={['stated', 'longestMonths']} label={t('months')}>
              <InputNumber min={1} max={1200} inputMode="numeric" />
            </Field>
          </>
        )}
        <Typed name={['stated', 'cap']} label={t('cap')} />
        <Field name={['stated', 'sizes']} label={t('sizes')}>
          <Select mode="multiple" options={sizes} />
        </Field>
        {beneficiary !== 'loan' && (
          <Field name={['stated', 'subsidiaries']} label={t('subsidiaries')}>
            <ChoiceSelect kind="lead-subsidiaries" />
          </Field>
        )}
      </div>
      <h2 className="form-part">{t('procedure')}</h2>
      <div className="line-quantities">
        <Whole name="noticeWorkingDays" label={t('notice')} least={1} most={60} />
        <Whole name="standStillDays" label={t('standStill')} least={0} most={60} />
        <Whole name={['objections', 'answerWorkingDays']} label={t('answer')} least={1} most={120} />
        <Typed name="budget" label={t('budget')} />
      </div>
      <Form.Item name={['terms', 'objections', 'acceptsAnonymous']} valuePropName="checked">
        <Checkbox>{t('anonymous')}</Checkbox>
      </Form.Item>
      <Field name="note" label={t('note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Field>
    </FieldPrefix.Provider>
  );
}

const Typed = ({ name, label }: { name: string | string[]; label: string }) => (
  <Field name={name} label={label}>
    <DecimalInput />
  </Field>
);

type WholeProps = { name: string | string[]; label: string; least: number; most: number };
const Whole = ({ name, label, least, most }: WholeProps) => (
  <Field name={name} label={label} required>
    <InputNumber min={least} max={most} inputMode="numeric" />
  </Field>
);

/** Materials, legal basis, sources and reviews, each as many as wanted. */
export function TermsLists() {
  const t = words.use();
  const text = (most: number) => <Input maxLength={most} />;
  return (
    <>
      <Items name="materials" heading={t('materials')} fresh={{ required: true, mayFollow: false }}>
        {(item) => (
          <>
            <Form.Item {...item('title', t('materialTitle'))}>{text(200)}</Form.Item>
            <Form.Item {...item('material', t('material'))}>{text(40)}</Form.Item>
            <Form.Item {...item('required')} valuePropName="checked">
              <Checkbox>{t('required')}</Checkbox>
            </Form.Item>
            <Form.Item {...item('mayFollow')} valuePropName="checked">
              <Checkbox>{t('mayFollow')}</Checkbox>
            </Form.Item>
          </>
        )}
      </Items>
      <Items name="legalBasis" heading={t('legalBasis')} fresh={{}}>
        {(item) => (
          <>
            <Form.Item {...item('title', t('basisTitle'))}>{text(300)}</Form.Item>
            <Form.Item {...item('issuedBy', t('issuedBy'))}>{text(100)}</Form.Item>
            <Form.Item {...item('document', t('number'))}>{text(100)}</Form.Item>
            <Form.Item {...item('issuedOn', t('issuedOn'))}>
              <DayInput />
            </Form.Item>
            <Form.Item {...item('clause', t('clause'))}>{text(300)}</Form.Item>
          </>
        )}
      </Items>
      <Items name="sources" heading={t('sources')} fresh={{}}>
        {(item) => (
          <>
            <Form.Item {...item('title', t('sourceTitle'))}>{text(500)}</Form.Item>
            <Form.Item {...item('address', t('address'))}>{text(1000)}</Form.Item>
          </>
        )}
      </Items>
      <Items name="reviews" heading={t('reviews')} fresh={{}}>
        {(item) => (
          <>
            <Form.Item {...item('kind', t('kind'))}>
              <ChoiceSelect kind="policy-review" />
            </Form.Item>
            <Form.Item {...item('office', t('office'))}>{text(100)}</Form.Item>
            <Form.Item {...item('document', t('number'))}>{text(100)}</Form.Item>
            <Form.Item {...item('on', t('issuedOn'))}>
              <DayInput />
            </Form.Item>
            <Form.Item {...item('result', t('result'))}>{text(1000)}</Form.Item>
          </>
        )}
      </Items>
    </>
  );
}

type Named = (name: string, label?: string) => { readonly name: (string | number)[]; readonly label?: string };
type ItemsProps = {
  readonly name: string;
  readonly heading: string;
  readonly fresh: object;
  readonly children: (item: Named) => ReactNode;
};

function Items({ name, heading, fresh, children }: ItemsProps) {
  const t = words.use();
  return (
    <>
      <h2 className="form-part">{heading}</h2>
      <Form.List name={['terms', name]}>
        {(fields, { add, remove }) => (
          <div className="form-items">
            {fields.map(({ key, name: at }, index) => (
              <fieldset key={key} className="fieldset">
                <legend>
                  {index + 1}
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('remove', { number: index + 1 })}
                    onClick={() => remove(at)}
                  />
                </legend>
                <div className="line-quantities">
                  {children((field, label) => ({ name: [at, field], ...(label !== undefined && { label }) }))}
                </div>
              </fieldset>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add(fresh)}>
              {t('add')}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  );
}
