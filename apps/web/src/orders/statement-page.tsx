import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Answer, Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useStanding } from '../app/session';
import { FileList } from '../kit/files';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ObjectPage, type NextStep } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Moment } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { firmName } from './order-view';
import { refusals } from '@app/labels';
import { StatementTables } from './statement-tables';
import './orders.css';

export type Statement = Answer<'/api/statements/{statement}', 'get'>;
type Act = 'confirmation' | 'dispute' | 'withdrawal';

const words = defineWords('statement', {
  kind: ['对账单', 'Statement'],
  title: ['{{month}} 对账单', 'Statement of {{month}}'],
  drawnUp: ['{{who}} 制单', 'drawn up by {{who}}'],
  confirmation: ['确认对账单', 'Confirm the statement'],
  confirmed: [
    '分摊的发票和付款立即计入各订单，双方都不能再改。',
    'What it divides counts on the orders at once, and neither side can change it.',
  ],
  dispute: ['有异议', 'Dispute'],
  disputed: ['这份对账单作废，其中的发票可重新登记。', 'The statement is over, and its invoices are free again.'],
  withdrawal: ['撤回', 'Withdraw'],
  withdrawn: ['撤回后可重新制单。', 'You may draw up another.'],
  why: ['哪里不对', 'What is wrong'],
  text: ['说明', 'Explanation'],
  print: ['打印', 'Print'],
  answer: ['{{who}}：', '{{who}}: '],
  refused: [
    '有 {{count}} 处没有计入订单，请双方核对',
    '{{count}} parts were not taken by their orders: please look at them',
  ],
  order: ['订单', 'order'],
  signBuyer: ['需方签章：', 'Buyer, seal:'],
  signSeller: ['供方签章：', 'Seller, seal:'],
});

/** One 对账单: what the month came to, what it divides, and the other side's answer. Prints on A4. */
export function StatementPage() {
  const { statement = '' } = useParams();
  const page = useGet('/api/statements/{statement}', { path: { statement } });
  return <Read query={page}>{(one) => <Page of={one} />}</Read>;
}

function Page({ of }: { of: Statement }) {
  const t = words.use();
  const label = useLabels();
  const language = useLanguage();
  const standing = useStanding();
  const [act, setAct] = useState<Act>();
  const { lead, supplier, month, state, side, drawnUpBy, drawnUpAt, waitsForMe, answer, refused, files } = of;
  const nameOf = (one: string): string => firmName(one === 'lead' ? lead : supplier);
  const writes = standing?.firm && standing.me?.party?.innerRole !== 'viewer';
  const isOwn = state === 'drawn-up' && side === drawnUpBy;
  const next: NextStep | undefined =
    writes && waitsForMe
      ? {
          text: t('confirmation'),
          consequence: t('confirmed'),
          onPress: () => setAct('confirmation'),
          more: (
            <Button size="large" onClick={() => setAct('dispute')}>
              {t('dispute')}
            </Button>
          ),
        }
      : undefined;
  return (
    <ObjectPage
      kind={t('kind')}
      title={t('title', { month })}
      state={<StateTag kind="statement-state" value={state} />}
      holder={state === 'drawn-up' ? nameOf(drawnUpBy === 'lead' ? 'supplier' : 'lead') : undefined}
      clock={
        <span className="secondary">
          {firmName(lead)} — {firmName(supplier)} · {t('drawnUp', { who: nameOf(drawnUpBy) })} <Moment at={drawnUpAt} />
        </span>
      }
      next={next}
    >
      <div className="stacked-parts">
        <div className="no-print">
          {writes && isOwn && <Button onClick={() => setAct('withdrawal')}>{t('withdrawal')}</Button>}{' '}
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
        {answer?.reason && (
          <Alert
            type="warning"
            showIcon
            title={`${t('answer', { who: nameOf(answer.side) })}${[label('dispute-reason', answer.reason), answer.text].filter(Boolean).join(' — ')}`}
          />
        )}
        {refused.length > 0 && (
          <Alert
            type="error"
            showIcon
            title={t('refused', { count: refused.length })}
            description={
              <ul className="faults">
                {refused.map(({ order, fact, code }) => (
                  <li key={fact}>
                    <Link to={`/orders/${order}`}>{t('order')}</Link> {refusals[code]?.[language] ?? code}
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <StatementTables of={of} />
        <FileList files={files} />
        <div className="contract-firms contract-signs print-only">
          <p>{t('signBuyer')}</p>
          <p>{t('signSeller')}</p>
        </div>
      </div>
      {act && (
        <Modal open title={t(act)} footer={null} onCancel={() => setAct(undefined)} destroyOnHidden>
          <AnswerForm act={act} statement={of.statement} onDone={() => setAct(undefined)} />
        </Modal>
      )}
    </ObjectPage>
  );
}

const CONSEQUENCES = { confirmation: 'confirmed', dispute: 'disputed', withdrawal: 'withdrawn' } as const;

function AnswerForm({ act, statement, onDone }: { act: Act; statement: string; onDone: () => void }) {
  const t = words.use();
  const reasons = useChoices('dispute-reason');
  const confirm = useWrite('post', '/api/statements/{statement}/confirmation', { onDone });
  const dispute = useWrite('post', '/api/statements/{statement}/dispute', { onDone });
  const withdraw = useWrite('post', '/api/statements/{statement}/withdrawal', { onDone });
  const write = { confirmation: confirm, dispute, withdrawal: withdraw }[act];
  const path = { statement };
  const send = ({ reason, text }: Api['StatementDisputeForm']): void => {
    if (act === 'confirmation') confirm.mutate({ path });
    else if (act === 'withdrawal') withdraw.mutate({ path });
    else dispute.mutate({ path, body: { reason, ...(text?.trim() && { text: text.trim() }) } });
  };
  return (
    <WriteForm<Api['StatementDisputeForm']>
      onSubmit={send}
      pending={write.isPending}
      problem={write.error}
      submit={t(act)}
      danger={act !== 'confirmation'}
      consequence={t(CONSEQUENCES[act])}
    >
      {act === 'dispute' && (
        <>
          <Field name="reason" label={t('why')} required>
            <Radio.Group className="tall-radios" options={reasons} />
          </Field>
          <Field name="text" label={t('text')}>
            <Input.TextArea rows={3} maxLength={1000} />
          </Field>
        </>
      )}
    </WriteForm>
  );
}
