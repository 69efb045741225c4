import { Button, Space } from 'antd';
import { Link } from 'react-router';
import { defineWords } from '../app/language';
import { grouped } from '../kit/grouped';
import { FileList } from '../kit/files';
import { StateTag, useLabels } from '../kit/labels';
import { useAreas } from '../kit/reference';
import { dayText, Moment } from '../kit/time';
import { FactFields, useFactTitle } from './fact-text';
import { firmName, type FactAct, type FactView, type OrderView } from './order-view';

const words = defineWords('order-facts', {
  none: ['双方还没有登记送货、发票和付款', 'Neither side has entered a delivery, an invoice or a payment yet'],
  by: ['{{who}} 登记', 'entered by {{who}}'],
  waits: ['等{{who}}确认，{{day}} 后显示对方未回应', 'Waits for {{who}}; shown as not answered after {{day}}'],
  waitsNow: ['等{{who}}处理', 'Waits for {{who}}'],
  acceptance: ['{{day}} 验收', 'Accepted on {{day}}'],
  rejected: ['拒收原因：{{reason}}', 'rejected for: {{reason}}'],
  answer: ['{{who}}：', '{{who}}: '],
  bureau: ['市工信局', 'City bureau'],
  us: ['我方', 'us'],
});

const KINDS = ['opening', 'contract', 'delivery', 'return', 'invoice', 'payment', 'change', 'end'] as const;

/** Everything that either side entered, by kind, the latest first, each with where it stands and what may be done. */
export function OrderFacts({ order, onAct }: { order: OrderView; onAct: (act: FactAct, fact: FactView) => void }) {
  const t = words.use();
  const label = useLabels();
  const kinds = grouped(order.facts, ({ kind }) => kind);
  if (order.facts.length === 0) return <p className="secondary">{t('none')}</p>;
  return (
    <>
      {KINDS.flatMap((kind) => {
        const facts = kinds.get(kind);
        return facts
          ? [
              <section key={kind} aria-label={label('fact-kind', kind)}>
                <h2>{label('fact-kind', kind)}</h2>
                <ul className="fact-list">
                  {[...facts].reverse().map((fact) => (
                    <Fact key={fact.fact} fact={fact} order={order} onAct={onAct} />
                  ))}
                </ul>
              </section>,
            ]
          : [];
      })}
    </>
  );
}

/** How a side or an office is called where somebody acts; names as far as the reader may know them. */
export function useActorName(order: OrderView): (by: FactView['by']) => string {
  const t = words.use();
  const { areaName } = useAreas();
  return ({ side, name, area }) => {
    const where =
      side === 'office'
        ? area
          ? areaName(area)
          : t('bureau')
        : firmName(side === 'lead' ? order.lead : order.supplier);
    return [where, name].filter(Boolean).join(' · ');
  };
}

function Fact({
  fact,
  order,
  onAct,
}: {
  fact: FactView;
  order: OrderView;
  onAct: (act: FactAct, fact: FactView) => void;
}) {
  const t = words.use();
  const label = useLabels();
  const title = useFactTitle();
  const who = useActorName(order);
  const { state, by, at, files, answer, waitsFor, unansweredFrom, acts, acceptances = [] } = fact;
  const waiting = waitsFor.map((one) => (one === order.side ? t('us') : label('order-holder', one))).join(' / ');
  const isGone = state === 'taken-back' || state === 'not-held';
  return (
    <li className={isGone ? 'panel fact fact-gone' : 'panel fact'}>
      <div className="fact-head">
        <strong>{title(fact)}</strong>
        <StateTag kind="fact-state" value={state} />
      </div>
      <FactFields fact={fact} order={order} />
      {acceptances.map((part) => (
        <div key={part.acceptance}>
          {t('acceptance', { day: part.acceptedOn })}
          {part.reason && ` · ${t('rejected', { reason: label('rejection-reason', part.reason) })}`}{' '}
          <span className="secondary">{who(part.by)}</span>
          <FileList files={part.files} />
        </div>
      ))}
      <FileList files={files} />
      {answer && (answer.reason ?? answer.text ?? answer.files.length > 0) && (
        <div className="fact-answer">
          {t('answer', { who: who(answer.by) })}
          {[answer.reason && label('dispute-reason', answer.reason), answer.text].filter(Boolean).join(' — ')}
          <FileList files={answer.files} />
        </div>
      )}
      <div className="secondary">
        {t('by', { who: who(by) })} <Moment at={at} />
        {waiting && (
          <>
            {' · '}
            {unansweredFrom
              ? t('waits', { who: waiting, day: dayText(unansweredFrom) })
              : t('waitsNow', { who: waiting })}
          </>
        )}
      </div>
      {acts.length > 0 && (
        <Space wrap className="fact-acts no-print">
          {acts.map((act) =>
            act === 'acceptance' ? (
              <Link key={act} to={`/orders/${order.order}/deliveries/${fact.fact}/acceptance`}>
                <Button type="primary" ghost>
                  {label('fact-act', act)}
                </Button>
              </Link>
            ) : (
              <Button
                key={act}
                onClick={() => onAct(act, fact)}
                {...(act === 'confirmation' || act === 'decision' ? { type: 'primary', ghost: true } : {})}
              >
                {label('fact-act', act)}
              </Button>
            ),
          )}
        </Space>
      )}
    </li>
  );
}
