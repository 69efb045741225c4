import { Button, Popover } from 'antd';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { asPercent, isPositive } from './order-amounts';
import type { OrderView } from './order-view';

const words = defineWords('due-basis', {
  open: ['看依据', 'Basis'],
  delivered: ['送货', 'Delivered on'],
  accepted: ['验收', 'Accepted on'],
  contract: ['合同日期', 'Contract date'],
  due: ['到期日怎么来', 'What sets the day'],
  rule: ['适用规定', 'Rule'],
  large: ['大型企业欠中小企业', 'A large firm owes an SME'],
  yes: ['是，按规定', 'yes: the rule holds'],
  no: ['否，按合同约定', 'no: as agreed'],
  unknown: ['合同签订时的企业规模不清楚，按合同约定', 'a size at the contract date is not known: as agreed'],
  interest: ['利息怎么算', 'Interest'],
  daily: ['每日 {{percent}}%', '{{percent}} % a day'],
  lpr: ['一年期 LPR', 'One-year LPR'],
  lprOf: ['{{percent}}%（{{day}} 公布）', '{{percent}} % (published {{day}})'],
  lprLast: ['{{percent}}%（已知的最后一次，{{day}} 公布）', '{{percent}} % (the last one known, published {{day}})'],
  sum: ['未付 × 逾期 {{days}} 天 × 日利率', 'open × {{days}} days late × daily rate'],
  unmatured: ['其中票据未到期', 'of which in bills not yet matured'],
  source: [
    '来源：《保障中小企业款项支付条例》',
    'Source: Regulation on Ensuring Payments to Small and Medium-sized Enterprises',
  ],
});

type Clock = OrderView['clock'];
export type Based = {
  readonly deliveredOn: string;
  readonly acceptedOn: string;
  readonly contractDate?: string;
  readonly reason: string;
  readonly row: string;
  readonly holds?: boolean | undefined;
  readonly interestReason: string;
  readonly dailyRate?: string | undefined;
  readonly lpr?: Clock['lpr'] | undefined;
  readonly overdueDays: number;
  readonly interest: string;
  readonly unmatured?: string;
};

/** Where a due day and an interest come from: one press. */
export function DueBasis({ due }: { due: Based }) {
  const t = words.use();
  return (
    <Popover trigger="click" placement="left" content={<Basis due={due} />}>
      <Button type="link" className="no-print">
        {t('open')}
      </Button>
    </Popover>
  );
}

function Basis({ due }: { due: Based }) {
  const t = words.use();
  const label = useLabels();
  const { holds, dailyRate, lpr } = due;
  return (
    <div className="due-basis">
      <Facts
        facts={[
          [t('delivered'), due.deliveredOn],
          [t('accepted'), due.acceptedOn],
          [t('contract'), due.contractDate],
          [t('due'), label('due-reason', due.reason)],
          [t('rule'), label('clock-row', due.row)],
          [t('large'), t(holds === undefined ? 'unknown' : holds ? 'yes' : 'no')],
          [t('interest'), label('interest-reason', due.interestReason)],
          [
            t('lpr'),
            lpr && t(lpr.isKnown ? 'lprOf' : 'lprLast', { percent: asPercent(lpr.rate) ?? '', day: lpr.from }),
          ],
          ['', dailyRate && t('daily', { percent: (asPercent(dailyRate) ?? '').slice(0, 10) })],
          [
            '',
            isPositive(due.interest) && (
              <span key="sum">
                {t('sum', { days: due.overdueDays })} = <Money amount={due.interest} />
              </span>
            ),
          ],
          [t('unmatured'), isPositive(due.unmatured) && <Money key="bills" amount={due.unmatured!} />],
        ]}
      />
      <p className="secondary consequence">{t('source')}</p>
    </div>
  );
}
