import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { Answer } from '../api/client';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { spread, sumOf, type AmountKind } from './order-amounts';

export type Proposal = Answer<'/api/statements/proposal', 'get'>;
type Order = Proposal['orders'][number];
type Parts = Readonly<Record<string, string | undefined>>;

export type TypedInvoice = {
  readonly number?: string;
  readonly invoicedOn?: string;
  readonly amount?: string;
  readonly amountIs?: AmountKind;
  readonly tax?: string;
  readonly isRed?: boolean;
  readonly redOf?: string;
  readonly parts?: Parts;
};
export type TypedPayment = {
  readonly payment?: string;
  readonly paidOn?: string;
  readonly amount?: string;
  readonly paidBack?: boolean;
  readonly means?: string;
  readonly maturesOn?: string;
  readonly reference?: string;
  readonly parts?: Parts;
};

const words = defineWords('statement-parts', {
  invoice: ['发票 {{number}}', 'Invoice {{number}}'],
  payment: ['付款 {{number}}', 'Payment {{number}}'],
  addInvoice: ['加一张要分摊的发票', 'Add an invoice to divide'],
  addPayment: ['加一笔要分摊的付款', 'Add a payment to divide'],
  remove: ['删除{{what}}', 'Remove {{what}}'],
  number: ['发票号码', 'Invoice number'],
  invoicedOn: ['开票日期', 'Invoiced on'],
  amount: ['整张金额（元）', 'Amount of the whole (yuan)'],
  paid: ['整笔金额（元）', 'Amount of the whole (yuan)'],
  amountIs: ['这些金额', 'These amounts are'],
  tax: ['税额（订单税率不同时必填）', 'VAT (needed where the orders’ rates differ)'],
  red: ['红字发票', 'Red invoice'],
  redOf: ['冲哪张发票', 'It reverses invoice'],
  paidOn: ['付款日期', 'Paid on'],
  means: ['付款方式', 'Means'],
  maturesOn: ['票据到期日', 'Bill matures on'],
  reference: ['银行回单号或票号', 'Receipt or bill number'],
  back: ['退回的款', 'Paid back'],
  order: ['订单 {{number}}', 'Order {{number}}'],
  spread: ['按未结金额分', 'Divide by what is open'],
  divided: ['已分', 'Divided'],
  fill: ['请填写{{label}}', 'Fill in: {{label}}'],
});

type PartsProps = { readonly orders: readonly Order[]; readonly all: readonly string[] };

/** Invoices that belong to several orders. */
export function DividedInvoices({ orders, all }: PartsProps) {
  const t = words.use();
  const kinds = useChoices('amount-kind');
  return (
    <Form.List name="invoices">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, index) => (
            <Whole key={key} title={t('invoice', { number: index + 1 })} onRemove={() => remove(name)}>
              <Item name={[name, 'number']} label={t('number')} isRequired>
                <Input inputMode="numeric" maxLength={40} autoComplete="off" />
              </Item>
              <Item name={[name, 'invoicedOn']} label={t('invoicedOn')} isRequired>
                <DayInput label={t('invoicedOn')} />
              </Item>
              <Item name={[name, 'amount']} label={t('amount')} isRequired>
                <DecimalInput />
              </Item>
              <Item name={[name, 'amountIs']} label={t('amountIs')} isRequired>
                <Radio.Group options={kinds} optionType="button" />
              </Item>
              <Item name={[name, 'tax']} label={t('tax')}>
                <DecimalInput />
              </Item>
              <Form.Item name={[name, 'isRed']} valuePropName="checked">
                <Checkbox className="tall-choice">{t('red')}</Checkbox>
              </Form.Item>
              <When list="invoices" place={name} holds={(typed: TypedInvoice) => typed.isRed ?? false}>
                <Item name={[name, 'redOf']} label={t('redOf')} isRequired>
                  <Input maxLength={40} autoComplete="off" />
                </Item>
              </When>
              <PartFields
                list="invoices"
                place={name}
                orders={orders}
                all={all}
                wants={({ notInvoiced }) => notInvoiced}
              />
            </Whole>
          ))}
          <Button className="add-whole" icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
            {t('addInvoice')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

const BILLS: readonly string[] = ['bank-bill', 'commercial-bill'];

/** Payments that belong to several orders. */
export function DividedPayments({ orders, all }: PartsProps) {
  const t = words.use();
  return (
    <Form.List name="payments">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, index) => (
            <Whole key={key} title={t('payment', { number: index + 1 })} onRemove={() => remove(name)}>
              <Form.Item name={[name, 'payment']} hidden>
                <Input />
              </Form.Item>
              <Item name={[name, 'paidOn']} label={t('paidOn')} isRequired>
                <DayInput label={t('paidOn')} />
              </Item>
              <Item name={[name, 'amount']} label={t('paid')} isRequired>
                <DecimalInput />
              </Item>
              <Item name={[name, 'means']} label={t('means')} isRequired>
                <ChoiceSelect kind="payment-means" label={t('means')} />
              </Item>
              <When list="payments" place={name} holds={({ means }: TypedPayment) => BILLS.includes(means ?? '')}>
                <Item name={[name, 'maturesOn']} label={t('maturesOn')} isRequired>
                  <DayInput label={t('maturesOn')} />
                </Item>
              </When>
              <Item name={[name, 'reference']} label={t('reference')}>
                <Input maxLength={64} />
              </Item>
              <Form.Item name={[name, 'paidBack']} valuePropName="checked">
                <Checkbox className="tall-choice">{t('back')}</Checkbox>
              </Form.Item>
              <PartFields list="payments" place={name} orders={orders} all={all} wants={({ notPaid }) => notPaid} />
            </Whole>
          ))}
          <Button
            className="add-whole"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => add({ payment: crypto.randomUUID(), means: 'transfer' })}
          >
            {t('addPayment')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Whole({ title, onRemove, children }: { title: string; onRemove: () => void; children: ReactNode }) {
  const t = words.use();
  return (
    <fieldset className="fieldset">
      <legend>
        {title}
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('remove', { what: title })}
          onClick={onRemove}
        />
      </legend>
      {children}
    </fieldset>
  );
}

function Item({
  name,
  label,
  isRequired = false,
  children,
}: {
  name: (string | number)[];
  label: string;
  isRequired?: boolean;
  children: ReactNode;
}) {
  const t = words.use();
  return (
    <Form.Item
      name={name}
      label={label}
      required={isRequired}
      rules={isRequired ? [{ required: true, message: t('fill', { label }) }] : []}
    >
      {children}
    </Form.Item>
  );
}

type List = 'invoices' | 'payments';
type Whole = { readonly amount?: string; readonly parts?: Parts };

/** Fields that are wanted only where something else was typed. */
function When<T extends object>({
  list,
  place,
  holds,
  children,
}: {
  list: List;
  place: number;
  holds: (typed: T) => boolean;
  children: ReactNode;
}) {
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldValue }) => (holds((getFieldValue([list, place]) ?? {}) as T) ? children : null)}
    </Form.Item>
  );
}

/** How much of the whole each order has, with what is divided so far. */
function PartFields({
  list,
  place,
  orders,
  all,
  wants,
}: PartsProps & { list: List; place: number; wants: (order: Order) => string }) {
  const t = words.use();
  const form = Form.useFormInstance();
  const fill = (): void => {
    const whole = (form.getFieldValue([list, place]) ?? {}) as Whole;
    const parts = spread(whole.amount, orders.map(wants));
    form.setFieldValue(
      [list, place, 'parts'],
      Object.fromEntries(orders.map(({ order }, index) => [order, parts[index]])),
    );
  };
  return (
    <>
      <Button onClick={fill}>{t('spread')}</Button>
      {orders.map(({ order, products }) => (
        <Form.Item
          key={order}
          name={[place, 'parts', order]}
          label={`${t('order', { number: all.indexOf(order) + 1 })} · ${products[0] ?? ''}`}
        >
          <DecimalInput />
        </Form.Item>
      ))}
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const { amount, parts = {} } = (getFieldValue([list, place]) ?? {}) as Whole;
          const divided = sumOf(orders.map(({ order }) => parts[order]));
          return (
            <p className="both-amounts" aria-live="polite">
              {t('divided')} <Money amount={divided} /> / <Money amount={sumOf([amount])} />
            </p>
          );
        }}
      </Form.Item>
    </>
  );
}
