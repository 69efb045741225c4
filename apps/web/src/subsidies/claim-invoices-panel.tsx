import { Link } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { StateTag, useLabels } from '../kit/labels';
import { Read } from '../kit/page-state';
import { isBeforeApproval, type ClaimView } from './claim-next';

const words = defineWords('claim-invoices', {
  heading: ['发票查验', 'Look-ups of the invoices'],
  ready: ['计入的 {{count}} 张发票都已查验为正常', 'All {{count}} invoices that count were found valid'],
  blocked: [
    '{{count}} 张发票还没有由工信查验为正常，复审通不过',
    '{{count}} invoices were not found valid by an office: the city check cannot pass',
  ],
  none: ['没有计入的发票', 'No invoice counts'],
  byFirm: ['企业自查 {{day}}：{{state}}', 'by a firm on {{day}}: {{state}}'],
  checked: ['{{day}} 查验', 'on {{day}}'],
  lookUp: ['去查验', 'Look up'],
});

/** Each invoice that counts with its last 查验, those that stop the city check first. Before the approval, when it matters. */
export function ClaimInvoices({ of, canCheck }: { of: ClaimView; canCheck: boolean }) {
  const t = words.use();
  const label = useLabels();
  const asked = isBeforeApproval(of) && of.beneficiary !== 'loan';
  const found = useGet('/api/claims/{claim}/invoices', { path: { claim: of.claim } }, { enabled: asked });
  if (!asked) return null;
  return (
    <section className="panel">
      <h2>{t('heading')}</h2>
      <Read query={found}>
        {({ items }) => {
          const bad = items.filter(({ state }) => state !== 'valid');
          if (items.length === 0) return <p className="secondary">{t('none')}</p>;
          return (
            <>
              <p className={bad.length > 0 ? 'late' : 'good'}>
                {bad.length > 0 ? t('blocked', { count: bad.length }) : t('ready', { count: items.length })}
              </p>
              <ul className="plain break">
                {[...bad, ...items.filter(({ state }) => state === 'valid')].map((one) => {
                  const { number, state, byFirm, checkedOn: day = '' } = one;
                  return (
                    <li key={number} className="claim-invoice">
                      <span className="figure">{number}</span> <StateTag kind="invoice-state" value={state} />
                      <span className="secondary">
                        {byFirm !== undefined
                          ? t('byFirm', { day, state: label('invoice-state', byFirm) })
                          : day && t('checked', { day })}
                      </span>
                      {canCheck && state === 'unchecked' && (
                        <Link to={`/invoices?number=${number}`} className="card-link">
                          {t('lookUp')}
                        </Link>
                      )}
                    </li>
                  );
                })}
              </ul>
            </>
          );
        }}
      </Read>
    </section>
  );
}
