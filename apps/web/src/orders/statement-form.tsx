import { Checkbox, Form } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { Problem } from '../api/problem';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { Money } from '../kit/figures';
import { useDraft } from '../kit/drafts';
import { Field, WriteForm } from '../kit/write-form';
import { Products } from './act-page';
import { isPositive } from './order-amounts';
import {
  DividedInvoices,
  DividedPayments,
  type Proposal,
  type TypedInvoice,
  type TypedPayment,
} from './statement-parts';
import { StatementTables } from './statement-tables';

const words = defineWords('statement-form', {
  orders: ['对哪些订单', 'Over which orders'],
  order: ['订单 {{number}}', 'Order {{number}}'],
  notInvoiced: ['未开票（未税）', 'not invoiced (without VAT)'],
  notPaid: ['未付（含税）', 'not paid (with VAT)'],
  divide: ['分摊', 'Divide'],
  files: ['对账文件', 'Files'],
  submit: ['发给对方确认', 'Send it for confirmation'],
  told: [
    '对方立即收到待确认的待办。确认后，分摊的发票和付款计入各订单；只有双方看得到对账单。',
    'The other firm is asked to confirm it. Then what it divides counts on the orders. Only both firms and the auditor see it.',
  ],
});

type Typed = {
  readonly statement?: string;
  readonly orders?: string[];
  readonly invoices?: (TypedInvoice | undefined)[];
  readonly payments?: (TypedPayment | undefined)[];
  readonly attachments?: Api['AttachmentRef'][];
};

export function StatementForm({
  proposal,
  month,
  draftName,
}: {
  proposal: Proposal;
  month: string;
  draftName: string;
}) {
  const t = words.use();
  const go = useNavigate();
  const [form] = Form.useForm<Typed>();
  const draft = useDraft<Typed>(draftName);
  const [statement] = useState(() => draft.kept?.statement ?? crypto.randomUUID());
  const all = proposal.orders.map(({ order }) => order);
  const chosen = Form.useWatch<string[] | undefined>('orders', form) ?? draft.kept?.orders ?? all;
  const orders = proposal.orders.filter(({ order }) => chosen.includes(order));
  const write = useWrite('post', '/api/statements', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/statements/${statement}`);
    },
  });
  const partsOf = (parts: Readonly<Record<string, string | undefined>> = {}) =>
    orders.flatMap(({ order }) => (isPositive(parts[order]) ? [{ order, amount: parts[order]! }] : []));
  const send = ({ invoices = [], payments = [], attachments = [] }: Typed): void =>
    write.mutate({
      body: {
        statement,
        month,
        orders: orders.map(({ order }) => order),
        invoices: invoices.map(({ parts, isRed, redOf, tax, ...invoice } = {}) => ({
          ...(invoice as Api['DividedInvoiceForm']),
          ...(tax && { tax }),
          ...(isRed && redOf && { redOf }),
          parts: partsOf(parts),
        })),
        payments: payments.map(({ parts, maturesOn, reference, ...payment } = {}) => ({
          ...(payment as Api['DividedPaymentForm']),
          ...(maturesOn && { maturesOn }),
          ...(reference?.trim() && { reference: reference.trim() }),
          parts: partsOf(parts),
        })),
        attachments: attachments.map(({ id }) => id),
      },
    });
  return (
    <>
      <StatementTables of={{ ...proposal, orders: all, invoices: [], payments: [] }} />
      <WriteForm<Typed>
        form={form}
        initial={{ orders: all }}
        draft={{ ...draft, save: (value) => draft.save({ ...value, statement }) }}
        onSubmit={send}
        pending={write.isPending}
        problem={atWholes(write.error)}
        submit={t('submit')}
        consequence={t('told')}
      >
        <fieldset className="fieldset">
          <legend>{t('orders')}</legend>
          <Form.Item name="orders" noStyle>
            <Checkbox.Group className="stacked">
              {proposal.orders.map(({ order, products, notInvoiced, notPaid }, index) => (
                <Checkbox key={order} value={order} className="tall-choice">
                  {t('order', { number: index + 1 })} · <Products products={products} /> ·{' '}
                  <span className="secondary">
                    {t('notInvoiced')} <Money amount={notInvoiced} /> · {t('notPaid')} <Money amount={notPaid} />
                  </span>
                </Checkbox>
              ))}
            </Checkbox.Group>
          </Form.Item>
        </fieldset>
        <DividedInvoices orders={orders} all={all} />
        <DividedPayments orders={orders} all={all} />
        <Field name="attachments" label={t('files')}>
          <FilesInput />
        </Field>
      </WriteForm>
    </>
  );
}

/** Parts that were left empty are not sent: a fault of one is said in the summary, and not at a field that may be another's. */
function atWholes(problem: Problem | null): Problem | null {
  if (!problem) return null;
  const errors = problem.errors.map((fault) => ({ ...fault, field: fault.field.replace(/([/.]parts)[/.].*$/, '$1') }));
  return new Problem(problem.status, problem.code, problem.zh, problem.en, errors, problem.retryAfter);
}
