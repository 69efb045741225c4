import { Checkbox, Modal } from 'antd';
import type { Api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import { Money } from '../../kit/figures';
import { useLabels } from '../../kit/labels';
import { Trouble } from '../../kit/page-state';
import { minuteText, platformNow } from '../../kit/time';
import { sharesOf, unchosen } from './award-reasons';
import { splitOffers, totalsOf, type BoardOffer, type Split } from './award-sums';

const words = defineWords('award-send', {
  one: ['定标：{{product}}', 'Award: {{product}}'],
  many: ['定标 {{count}} 条', 'Award {{count}} lines'],
  send: ['发送定标', 'Send the award'],
  back: ['再看看', 'Back'],
  share: ['{{who}}：{{quantity}} {{unit}}，理由：{{reason}}', '{{who}}: {{quantity}} {{unit}}; reason: {{reason}}'],
  line: [
    '{{product}}：{{count}} 家，{{quantity}} {{unit}}，还剩 {{left}}',
    '{{product}}: {{count}} firms, {{quantity}} {{unit}}, {{left}} left',
  ],
  sum: ['本次合计（未税）', 'Sum without VAT'],
  told: [
    '中选企业立刻收到通知，只看到自己的数量和价格，要在 {{hours}} 小时内接单（现在发送则到 {{until}}）。',
    'The chosen firms are told at once, each of its own quantity and price, and have {{hours}} hours to accept (until {{until}} if sent now).',
  ],
  toldMany: [
    '中选企业立刻收到通知，只看到自己的数量和价格，按各条需求的接单期限接单。',
    'The chosen firms are told at once, each of its own quantity and price, and accept within the term of each listing.',
  ],
  silence: [
    '谢绝或逾期没接的部分会退回来，可以再分给其他报价。发送后不能收回。',
    'What is declined or not accepted in time comes back and can be awarded again. An award cannot be taken back.',
  ],
  second: [
    '贵企业定标要两人：先等另一位同事批准，批准后才通知。',
    'Your firm wants two persons: another one must approve before anybody is told.',
  ],
  losers: [
    '同时告知未选的 {{count}} 家“未中选”和原因类别',
    'Also tell the {{count}} others that they were not chosen, and why',
  ],
  losersLater: [
    '不告知时，他们仍在等结果；结束定标时会一并告知。',
    'Otherwise they go on waiting and are told when the award is concluded.',
  ],
});

export type SendLine = {
  readonly listing: string;
  readonly terms: Api['ListingTerms'];
  readonly offers: readonly BoardOffer[];
  readonly split: Split;
};

export const rulesOf = (terms: Api['ListingTerms']) => ({
  quantity: terms.quantity ?? '0',
  partsAccepted: terms.partsAccepted ?? true,
});

/** A line as the API takes it. */
export function asAward({ listing, offers, split }: SendLine, tellLosers: boolean) {
  const board = splitOffers(offers);
  const notChosen = unchosen(split, board);
  return {
    listing,
    shares: sharesOf(split, board),
    ...(tellLosers && notChosen.length > 0 && { notChosen }),
  };
}

type Props = {
  readonly lines: readonly SendLine[];
  readonly tellLosers: boolean;
  readonly onTellLosers: (tell: boolean) => void;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly onSend: () => void;
  readonly onClose: () => void;
};

/** Who is told what, and until when, before anything is sent. */
export function AwardSend({ lines, tellLosers, onTellLosers, pending, problem, onSend, onClose }: Props) {
  const t = words.use();
  const own = useGet('/api/registrations/own', {});
  const [only] = lines;
  if (!only) return null;
  const single = lines.length === 1;
  const losers = lines.reduce((sum, { offers, split }) => sum + unchosen(split, splitOffers(offers)).length, 0);
  const hours = only.terms.acceptanceHours ?? 0;
  return (
    <Modal
      open
      title={single ? t('one', { product: only.terms.product }) : t('many', { count: lines.length })}
      okText={t('send')}
      cancelText={t('back')}
      confirmLoading={pending}
      onOk={onSend}
      onCancel={onClose}
      destroyOnHidden
    >
      <ul className="faults">
        {single ? <Shares line={only} /> : lines.map((line) => <Line key={line.listing} line={line} />)}
      </ul>
      <p>
        {single ? t('told', { hours, until: minuteText(new Date(platformNow() + hours * 3_600_000)) }) : t('toldMany')}
      </p>
      <p>{t('silence')}</p>
      {own.data?.secondPersonFor.includes('award') && <p>{t('second')}</p>}
      {losers > 0 && (
        <div>
          <Checkbox checked={tellLosers} onChange={({ target }) => onTellLosers(target.checked)}>
            {t('losers', { count: losers })}
          </Checkbox>
          <div className="secondary">{t('losersLater')}</div>
        </div>
      )}
      {problem && <Trouble problem={problem} />}
    </Modal>
  );
}

function Shares({ line: { terms, offers, split } }: { line: SendLine }) {
  const t = words.use();
  const label = useLabels();
  const names = new Map(offers.map(({ offer, supplier }) => [offer, supplier.name ?? supplier.enterprise]));
  const board = splitOffers(offers).map((offer) => ({ ...offer, live: [] }));
  const { net } = totalsOf(split, board, rulesOf(terms));
  return (
    <>
      {sharesOf(split, splitOffers(offers)).map(({ share, offer, quantity, reason, ...other }) => (
        <li key={share}>
          {t('share', {
            who: names.get(offer) ?? '',
            quantity: withThousands(quantity),
            unit: terms.unit?.name ?? '',
            reason: other.reasonText ?? label('award-reason', reason),
          })}
        </li>
      ))}
      <li>
        {t('sum')} <Money amount={net} />
      </li>
    </>
  );
}

function Line({ line: { terms, offers, split } }: { line: SendLine }) {
  const t = words.use();
  const board = splitOffers(offers);
  const { added, left } = totalsOf(split, board, rulesOf(terms));
  return (
    <li>
      {t('line', {
        product: terms.product,
        count: sharesOf(split, board).length,
        quantity: withThousands(added),
        unit: terms.unit?.name ?? '',
        left: withThousands(left),
      })}
    </li>
  );
}
