import { Alert, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Answer, Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { DayInput, DecimalInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';
import { LevelSelect } from './level-select';

export type RoundAct = 'extend' | 'budget' | 'scale' | 'proRata' | 'offer';

const words = defineWords('round-acts', {
  extend: ['延长申报', 'Extend the filing'],
  extendText: ['只能延后，不能提前', 'It is only ever extended'],
  to: ['新的最后申报日', 'New last day of filing'],
  budget: ['调整预算', 'Change a budget'],
  budgetText: ['不能低于已占用的金额', 'Not below what is held for approvals'],
  level: ['哪一级', 'Level'],
  amount: ['预算（元）', 'Budget (yuan)'],
  scale: ['定核减比例', 'Set the scale'],
  scaleText: ['审定之前才能定；之后按此比例列入名单', 'Before anything is approved; the list then follows it'],
  scaleLabel: ['每份补助留下多少（0.8 即八成）', 'What is left of each award (0.8: four fifths)'],
  county: ['只对一个县（不选即其余全部）', 'For one county (all others where none)'],
  proRata: ['按比例核减', 'Fix the pro-rata scale'],
  proRataText: [
    '全部会审后，按预算和应补总额算出',
    'Once all were jointly reviewed: from the budgets and what is asked',
  ],
  offer: ['免申即享', 'Offer without application'],
  offerText: [
    '按平台此刻的订单算出名单，逐户发给企业确认，企业不用填数',
    'The list is computed from the orders of this moment, and each firm on it is asked to confirm',
  ],
  document: ['文号或会议纪要', 'Document or minutes'],
  reason: ['理由', 'Reason'],
  offered: ['已发给 {{done}} 家，{{left}} 家没有发', 'Offered to {{done}} firms; {{left}} were not'],
});

type Props = { readonly round: string; readonly onDone: () => void };

export function RoundDialog({ act, of, onClose }: { act: RoundAct; of: Api['RoundLine']; onClose: () => void }) {
  const t = words.use();
  const Form = FORMS[act];
  return (
    <Modal open title={t(act)} footer={null} onCancel={onClose} destroyOnHidden>
      <Form round={of.round} onDone={onClose} />
    </Modal>
  );
}

const FORMS: Record<RoundAct, (props: Props) => ReactNode> = {
  extend: Extend,
  budget: Budget,
  scale: Scale,
  proRata: ProRata,
  offer: Offer,
};

function Grounds({ reason = true }: { reason?: boolean }) {
  const t = words.use();
  return (
    <>
      <Field name="document" label={t('document')} required>
        <Input maxLength={100} />
      </Field>
      {reason && (
        <Field name="reason" label={t('reason')} required>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      )}
    </>
  );
}

function Extend({ round, onDone }: Props) {
  const t = words.use();
  const write = useWrite('put', '/api/rounds/{round}/filing', { onDone });
  return (
    <WriteForm<Api['FilingForm']>
      onSubmit={(body) => write.mutate({ path: { round }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('extend')}
      consequence={t('extendText')}
    >
      <Field name="to" label={t('to')} required>
        <DayInput />
      </Field>
      <Grounds />
    </WriteForm>
  );
}

function Budget({ round, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/rounds/{round}/budgets', { onDone });
  return (
    <WriteForm<Api['BudgetForm']>
      onSubmit={(body) => write.mutate({ path: { round }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('budget')}
      consequence={t('budgetText')}
    >
      <Field name="level" label={t('level')} required>
        <LevelSelect label={t('level')} />
      </Field>
      <Field name="amount" label={t('amount')} required>
        <DecimalInput />
      </Field>
      <Grounds />
    </WriteForm>
  );
}

function Scale({ round, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/rounds/{round}/scale', { onDone });
  return (
    <WriteForm<Api['ScaleForm']>
      onSubmit={({ county, ...body }) =>
        write.mutate({ path: { round }, body: { ...body, ...(county && { county }) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('scale')}
      consequence={t('scaleText')}
    >
      <Field name="scale" label={t('scaleLabel')} required>
        <DecimalInput />
      </Field>
      <Field name="county" label={t('county')}>
        <LevelSelect label={t('county')} />
      </Field>
      <Grounds />
    </WriteForm>
  );
}

function ProRata({ round, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/rounds/{round}/pro-rata', { onDone });
  return (
    <WriteForm<Api['ProRataForm']>
      onSubmit={(body) => write.mutate({ path: { round }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('proRata')}
      consequence={t('proRataText')}
    >
      <Grounds reason={false} />
    </WriteForm>
  );
}

function Offer({ round }: Props) {
  const t = words.use();
  const language = useLanguage();
  const [lines, setLines] = useState<Answer<'/api/claims/offers', 'post'>['lines']>([]);
  const [isMade, setMade] = useState(false);
  const write = useWrite('post', '/api/claims/offers', {
    // Many firms are looked at in several calls.
    onDone: ({ lines: more, next }) => {
      setLines((before) => [...before, ...more]);
      if (next === undefined) setMade(true);
      else write.mutate({ body: { round, after: next } });
    },
  });
  if (isMade) {
    const left = lines.filter(({ done }) => !done);
    return (
      <Alert
        type="success"
        showIcon
        title={t('offered', { done: lines.length - left.length, left: left.length })}
        description={
          <ul className="faults">
            {left.map(({ claim, enterprise, [language]: why }) => (
              <li key={claim}>
                {enterprise} {why}
              </li>
            ))}
          </ul>
        }
      />
    );
  }
  return (
    <WriteForm
      onSubmit={() => write.mutate({ body: { round } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('offer')}
      consequence={t('offerText')}
    >
      {null}
    </WriteForm>
  );
}
