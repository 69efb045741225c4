import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Radio, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { FilesInput } from '../kit/files';
import { ChoiceSelect, DayInput, DecimalInput, UnitSelect } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { Field, WriteForm } from '../kit/write-form';
import { ContractFields, contractOf, type TypedContract } from './contract-fields';
import { FirmPicker } from './firm-picker';
import { useEntry } from './use-entry';
import './orders.css';

const words = defineWords('record-order', {
  title: ['补录平台外的订单', 'Record an order made elsewhere'],
  back: ['回到订单', 'Back to the orders'],
  why: [
    '以前或平台外做的生意也登记，才分得清哪些是新对接。对方确认后才算数，会标明“平台外补录”。',
    'Earlier trade, or trade made elsewhere, is recorded so that what is newly matched can be told apart. It counts once the other firm confirms it, and is marked as recorded.',
  ],
  as: ['我方是', 'We are'],
  buyer: ['需方', 'the buyer'],
  seller: ['供方', 'the seller'],
  partner: ['对方企业', 'Other firm'],
  partnerHelp: [
    '按名称或信用代码查找；对方要已在平台注册，才能确认',
    'By name or code; it must be registered here to confirm',
  ],
  mode: ['供料方式', 'Material'],
  rate: ['税率', 'VAT rate'],
  line: ['产品 {{number}}', 'Line {{number}}'],
  product: ['产品名称', 'Product'],
  specification: ['规格型号', 'Specification'],
  unit: ['单位', 'Unit'],
  quantity: ['数量', 'Quantity'],
  price: ['未税单价（元）', 'Price without VAT (yuan)'],
  deliverBy: ['交货日期', 'Delivery date'],
  add: ['再加一行', 'Add a line'],
  remove: ['删除产品 {{number}}', 'Remove line {{number}}'],
  contract: ['合同', 'Contract'],
  files: ['凭证（合同、送货单、发票）', 'Evidence (contract, delivery notes, invoices)'],
  submit: ['提交补录', 'Record it'],
  told: [
    '对方立即收到待确认的待办；双方和所属工信部门看得到。',
    'The other firm is asked to confirm it. Both firms and their offices see it.',
  ],
});

type TypedLine = Partial<Omit<Api['RecordedLine'], 'line'>> & { readonly line?: string };
type Typed = {
  readonly order?: string;
  readonly as?: 'lead' | 'supplier';
  readonly partner?: string;
  readonly supplyMode?: Api['RecordedOrderForm']['supplyMode'];
  readonly vatRate?: Api['RecordedOrderForm']['vatRate'];
  readonly lines?: TypedLine[];
  readonly contract?: TypedContract;
  readonly attachments?: Api['AttachmentRef'][];
};

const emptyLine = (): TypedLine => ({ line: crypto.randomUUID() });

/** A trade that was not matched here, with its evidence. */
export function RecordOrderPage() {
  const t = words.use();
  const go = useNavigate();
  const lead = useStanding()?.lead ?? false;
  const { fact, draft } = useEntry<Typed>('order.recorded');
  const [order] = useState(() => draft.kept?.order ?? crypto.randomUUID());
  const modes = useChoices('supply-mode');
  const write = useWrite('post', '/api/orders', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const send = ({ as, partner, supplyMode, vatRate, lines = [], contract = {}, attachments = [] }: Typed): void =>
    write.mutate({
      body: {
        fact,
        order,
        as: as!,
        partner: partner!,
        supplyMode: supplyMode!,
        vatRate: vatRate!,
        lines: lines.map(({ specification, ...line }) => ({
          ...(line as Api['RecordedLine']),
          ...(specification?.trim() && { specification: specification.trim() }),
        })),
        contract: contractOf(contract),
        attachments: attachments.map(({ id }) => id),
      },
    });
  return (
    <div className="page-part stacked-parts narrow">
      <header>
        <Link to="/orders" className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
        <p className="secondary">{t('why')}</p>
      </header>
      <WriteForm<Typed>
        initial={{ as: lead ? 'lead' : 'supplier', supplyMode: 'goods', lines: [emptyLine()] }}
        draft={{ ...draft, save: (value) => draft.save({ ...value, order }) }}
        onSubmit={send}
        pending={write.isPending}
        problem={write.error}
        submit={t('submit')}
        consequence={t('told')}
      >
        <Field name="as" label={t('as')} required>
          <Radio.Group
            optionType="button"
            options={[
              { value: 'lead', label: t('buyer') },
              { value: 'supplier', label: t('seller') },
            ]}
          />
        </Field>
        <Field name="partner" label={t('partner')} help={t('partnerHelp')} required>
          <FirmPicker label={t('partner')} />
        </Field>
        <Field name="supplyMode" label={t('mode')} required>
          <Radio.Group optionType="button" options={modes} />
        </Field>
        <Field name="vatRate" label={t('rate')} required>
          <ChoiceSelect kind="vat-rate" label={t('rate')} />
        </Field>
        <RecordedLines />
        <h2 className="form-part">{t('contract')}</h2>
        <ContractFields />
        <Field name="attachments" label={t('files')}>
          <FilesInput />
        </Field>
      </WriteForm>
    </div>
  );
}

function RecordedLines() {
  const t = words.use();
  return (
    <Form.List name="lines">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, index) => (
            <fieldset key={key} className="fieldset">
              <legend>
                {t('line', { number: index + 1 })}
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('remove', { number: index + 1 })}
                    onClick={() => remove(name)}
                  />
                )}
              </legend>
              <Form.Item name={[name, 'line']} hidden>
                <Input />
              </Form.Item>
              <InList name={[name, 'product']} label={t('product')}>
                <Input maxLength={200} />
              </InList>
              <Form.Item name={[name, 'specification']} label={t('specification')}>
                <Input maxLength={1000} />
              </Form.Item>
              <div className="line-quantities">
                <InList name={[name, 'quantity']} label={t('quantity')}>
                  <DecimalInput />
                </InList>
                <InList name={[name, 'unit']} label={t('unit')}>
                  <UnitSelect label={t('unit')} />
                </InList>
                <InList name={[name, 'unitPrice']} label={t('price')}>
                  <DecimalInput />
                </InList>
                <InList name={[name, 'deliverBy']} label={t('deliverBy')}>
                  <DayInput label={t('deliverBy')} />
                </InList>
              </div>
            </fieldset>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add(emptyLine())}>
            {t('add')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

const required = defineWords('record-line', { fill: ['请填写{{label}}', 'Fill in: {{label}}'] });

/** A required field of a list, whose name the list gives. */
function InList({ name, label, children }: { name: (string | number)[]; label: string; children: ReactNode }) {
  const t = required.use();
  return (
    <Form.Item name={name} label={label} required rules={[{ required: true, message: t('fill', { label }) }]}>
      {children}
    </Form.Item>
  );
}
