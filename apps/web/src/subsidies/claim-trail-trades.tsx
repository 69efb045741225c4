import { Tag } from 'antd';
import { Link } from 'react-router';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { useAreas } from '../kit/reference';
import { minuteText } from '../kit/time';
import { asPercent } from '../orders/order-amounts';
import { TrailEvents } from './claim-trail-decisions';
import { orderNumbers, tradeRows } from './derivation-rows';
import { useDerivationSentence } from './use-derivation-sentence';
import { useReasonWord } from './use-reason-word';

const words = defineWords('claim-trail-trades', {
  firms: ['企业', 'Firms'],
  registered: ['注册地', 'Registered in'],
  plant: ['生产地', 'Plant in'],
  sizes: ['规模', 'Size'],
  lists: ['龙头名录', 'On the list of leads'],
  holders: ['股东', 'Holders'],
  parent: ['龙头子公司', 'Subsidiary of'],
  from: ['{{from}} 起', 'from {{from}}'],
  trade: ['订单 {{number}}', 'Order {{number}}'],
  contract: ['合同日期', 'Contract'],
  confirmed: ['双方已确认', 'confirmed by both'],
  unconfirmed: ['未确认', 'not confirmed'],
  origin: ['来源和方式', 'Origin and mode'],
  vat: ['增值税率', 'VAT rate'],
  why: ['名录、规模、关联和新对接', 'List, size, relation and newness'],
  evidence: ['凭证', 'Evidence'],
  counted: ['计入', 'counts'],
  not: ['不计入：{{reason}}', 'not counted: {{reason}}'],
  checked: ['查验 {{day}}：{{state}}', 'looked up on {{day}}: {{state}}'],
  late: ['补录', 'recorded late'],
  onePerson: ['双方由同一人录入', 'both sides by one person'],
  accepted: ['工信认定', 'accepted by the office'],
  disputed: ['有争议', 'disputed'],
  recorded: ['记录于 {{at}}', 'recorded {{at}}'],
  files: ['文件 SHA-256', 'SHA-256 of files'],
  red: ['冲销 {{number}}', 'reverses {{number}}'],
  double: ['同一企业同一政策重复使用', 'used twice by one firm under one scheme'],
  other: ['另一申报也使用', 'named by another claim too'],
});

type Trail = Api['ClaimTrailView'];
type Trade = Trail['trades'][number];
type Fact = Trade['facts'][number];

/** Each firm with its membership, size and holders from the days on which they began. */
export function TrailFirms({ of }: { of: Trail }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const since = (from: string, what: string): string => `${t('from', { from })} ${what}`;
  return (
    <section className="panel">
      <h2>{t('firms')}</h2>
      {of.firms.map((firm) => (
        <div key={firm.enterprise} className="trail-part">
          <h3>
            <Firm firm={firm} />
          </h3>
          <Facts
            facts={[
              [t('registered'), areaName(firm.registeredIn)],
              [t('plant'), areaName(firm.plantIn)],
              [t('sizes'), firm.sizes.map(({ from, size }) => since(from, label('size', size))).join('；')],
              [t('lists'), firm.lists.map(({ from, to }) => `${from} – ${to}`).join('；')],
              [
                t('holders'),
                firm.holders
                  .map(({ from, list }) => since(from, list.map(({ id, share }) => `${id} ${share}`).join('、')))
                  .join('；'),
              ],
              [t('parent'), firm.subsidiaryOf.map(({ from, to = '', lead }) => `${lead} ${from} – ${to}`).join('；')],
            ]}
          />
        </div>
      ))}
    </section>
  );
}

/** Each trade: why it counts, its evidence with every mark, and its events. */
export function TrailTrades({ of }: { of: Trail }) {
  const t = words.use();
  const label = useLabels();
  const { derivation } = of.claim;
  const rows = derivation ? tradeRows(derivation) : [];
  const { sentence } = useDerivationSentence(rows, derivation?.lines ?? []);
  // By the numbers that the sentences give them; trade that never came before the evaluator stands last.
  const numbers = new Map(orderNumbers(rows));
  for (const { order } of of.trades) if (!numbers.has(order)) numbers.set(order, numbers.size + 1);
  const trades = [...of.trades].sort((one, other) => numbers.get(one.order)! - numbers.get(other.order)!);
  return trades.map((trade) => (
    <section key={trade.order} className="panel">
      <h2>{t('trade', { number: numbers.get(trade.order)! })}</h2>
      <p>
        <Firm firm={trade.supplier} /> → <Firm firm={trade.lead} />{' '}
        {trade.finding && <StateTag kind="check-result" value={trade.finding} />}
      </p>
      <Facts
        facts={[
          [
            t('contract'),
            [
              trade.contractDate,
              t(trade.contractConfirmed ? 'confirmed' : 'unconfirmed'),
              ...(trade.isContractSupplemented ? [t('late')] : []),
            ].join(' · '),
          ],
          [t('vat'), `${asPercent(trade.vatRate)}%`],
          [t('origin'), [label('order-origin', trade.origin), label('supply-mode', trade.kind)].join(' · ')],
        ]}
      />
      {trade.why.length > 0 && (
        <>
          <h3>{t('why')}</h3>
          <ol className="sum-steps">
            {trade.why.map((line, at) => (
              <li key={at}>{sentence(line)}</li>
            ))}
          </ol>
        </>
      )}
      <h3>{t('evidence')}</h3>
      <ul className="plain break">
        {trade.facts.map((fact) => (
          <li key={`${fact.kind} ${fact.fact}`} className="trail-part">
            <Evidence fact={fact} isDisputed={trade.disputed.includes(fact.fact)} />
          </li>
        ))}
      </ul>
      <TrailEvents events={trade.events} />
    </section>
  ));
}

function Evidence({ fact, isDisputed }: { fact: Fact; isDisputed: boolean }) {
  const t = words.use();
  const label = useLabels();
  const reasonWord = useReasonWord();
  const { check } = fact;
  return (
    <>
      <div>
        <strong>{label('fact-kind', fact.kind)}</strong> {fact.number} <span className="figure">{fact.date}</span>{' '}
        <Money amount={fact.amount} /> {fact.means && label('payment-means', fact.means)}{' '}
        {fact.redOf && t('red', { number: fact.redOf })} {fact.isSupplemented && <Tag color="warning">{t('late')}</Tag>}
        {fact.isByOnePerson && <Tag color="warning">{t('onePerson')}</Tag>}
        {fact.isAcceptedByOffice && <Tag>{t('accepted')}</Tag>}
        {isDisputed && <Tag color="error">{t('disputed')}</Tag>}
      </div>
      <div className="secondary">
        {fact.counted !== undefined && (
          <>
            {t('counted')} <Money amount={fact.counted} />{' '}
          </>
        )}
        {fact.excluded !== undefined && `${t('not', { reason: reasonWord({ reason: fact.excluded }) })} `}
        {check && `${t('checked', { day: check.checkedOn, state: label('invoice-state', check.state) })} `}
        {t('recorded', { at: minuteText(fact.recordedAt) })}
      </div>
      {fact.files.length > 0 && <div className="secondary">{`${t('files')} ${fact.files.join(' ')}`}</div>}
      {fact.otherClaims.map((use) => (
        <div key={use.claim} className={use.isSameEntitlement ? 'bad' : 'secondary'}>
          {t(use.isSameEntitlement ? 'double' : 'other')}
          {' · '}
          <Link to={`/claims/${use.claim}/trail`}>{use.firm.name ?? use.firm.enterprise}</Link> ·{' '}
          {label('claim-state', use.state)} {use.counted !== undefined && <Money amount={use.counted} />}
        </div>
      ))}
    </>
  );
}
