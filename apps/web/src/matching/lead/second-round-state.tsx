import { Alert } from 'antd';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { Clock } from '../../kit/time';

const words = defineWords('second-round-state', {
  open: [
    '二次报价进行中：{{who}}。新报价密封到截止；没有再报的，原报价继续有效。截止前不能定标。',
    'Second round running: {{who}}. New offers are sealed until it ends; who stays silent is bound by the earlier offer. Nothing can be awarded before.',
  ],
  deadline: ['二次报价截止', 'It ends'],
  closed: ['二次报价已结束，下面是最后的报价。', 'The second round has ended; these are the last offers.'],
  comma: ['、', ', '],
});

/** A second round that runs, or has run. */
export function SecondRoundState({
  round,
  offers,
}: {
  round: Api['SecondRoundView'];
  offers: readonly Api['BoardOfferView'][];
}) {
  const t = words.use();
  if (round.state === 'closed') return <p className="secondary">{t('closed')}</p>;
  const who = offers
    .filter(({ offer }) => round.offers?.includes(offer))
    .map(({ supplier }) => supplier.name ?? supplier.enterprise)
    .join(t('comma'));
  return (
    <Alert
      type="info"
      showIcon
      title={t('open', { who })}
      description={<Clock due={round.deadline} label={t('deadline')} />}
    />
  );
}
