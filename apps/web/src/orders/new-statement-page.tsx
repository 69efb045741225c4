import { Radio, Typography } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { Nothing, Read } from '../kit/page-state';
import { dayText, platformNow } from '../kit/time';
import { FirmPicker } from './firm-picker';
import { MonthInput } from './month-input';
import { StatementForm } from './statement-form';
import './orders.css';

const words = defineWords('new-statement', {
  title: ['做对账单', 'Draw up a statement'],
  back: ['回到对账单', 'Back to the statements'],
  as: ['我方是', 'We are'],
  buyer: ['需方', 'the buyer'],
  seller: ['供方', 'the seller'],
  partner: ['对方企业', 'Other firm'],
  month: ['月份', 'Month'],
  choose: [
    '选好对方和月份，就列出这个月的送货、发票和付款',
    'Choose the other firm and the month: what happened in it is listed',
  ],
  none: ['和这家企业没有订单', 'No orders with this firm'],
});

/** Proposes what a month with one firm came to, and divides what belongs to several orders. */
export function NewStatementPage() {
  const t = words.use();
  const lead = useStanding()?.lead ?? false;
  const [params, setParams] = useSearchParams();
  const partner = params.get('partner') ?? undefined;
  const as = params.get('as') === 'lead' || (params.get('as') === null && lead) ? 'lead' : 'supplier';
  const month = params.get('month') ?? dayText(new Date(platformNow())).slice(0, 7);
  const set = (key: string, value: string | undefined): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to="/statements" className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
      </header>
      <section className="panel terms-grid">
        {lead && (
          <label className="stacked">
            <span>{t('as')}</span>
            <Radio.Group
              optionType="button"
              value={as}
              onChange={({ target }) => set('as', target.value as string)}
              options={[
                { value: 'lead', label: t('buyer') },
                { value: 'supplier', label: t('seller') },
              ]}
            />
          </label>
        )}
        <label className="stacked">
          <span>{t('partner')}</span>
          <FirmPicker
            label={t('partner')}
            {...(partner && { value: partner })}
            onChange={(firm) => set('partner', firm)}
          />
        </label>
        <label className="stacked">
          <span>{t('month')}</span>
          <MonthInput label={t('month')} value={month} onChange={(next) => set('month', next)} />
        </label>
      </section>
      {partner ? (
        <Proposal key={`${partner} ${as} ${month}`} partner={partner} as={as} month={month} />
      ) : (
        <Nothing text={t('choose')} />
      )}
    </div>
  );
}

function Proposal({ partner, as, month }: { partner: string; as: 'lead' | 'supplier'; month: string }) {
  const t = words.use();
  const proposal = useGet('/api/statements/proposal', { query: { partner, as, month } });
  return (
    <Read query={proposal}>
      {(one) =>
        one.orders.length === 0 ? (
          <Nothing text={t('none')} />
        ) : (
          <StatementForm proposal={one} month={month} draftName={`statement.${partner}.${as}.${month}`} />
        )
      }
    </Read>
  );
}
