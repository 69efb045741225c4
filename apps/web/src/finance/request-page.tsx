import { Modal } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords, useLanguage } from '../app/language';
import { useSignedIn } from '../app/session';
import { withThousands } from '../kit/decimal-text';
import { Money, moneyText } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Moment } from '../kit/time';
import { BankAnswers } from './bank-answers';
import { RequestActForm, type RequestAct } from './request-acts';
import { ANSWERS, useNext } from './request-next';
import { useStory } from './request-story';
import { asPercent } from '../orders/order-amounts';

type Request = Api['FinanceRequestView'];

const words = defineWords('finance-request', {
  kind: ['融资需求', 'Request for finance'],
  title: ['{{firm}} 申请 {{amount}} 元', '{{firm}} asks for {{amount}} yuan'],
  borrower: ['申请企业', 'Firm'],
  lead: ['订单的龙头企业', 'Lead firm of the order'],
  amount: ['申请金额（元）', 'Amount (yuan)'],
  purpose: ['用途', 'Purpose'],
  term: ['期限', 'Term'],
  months: ['{{count}} 个月', '{{count}} months'],
  text: ['补充说明', 'In its own words'],
  adviser: ['金融顾问', 'Adviser'],
  banks: ['已展示的银行', 'Shown to'],
  consented: ['企业同意的银行', 'Banks that the firm agreed to'],
  anyBank: ['由顾问挑选', 'whichever the adviser chooses'],
  at: ['提出时间', 'Asked'],
  order: ['订单', 'The order'],
  seeOrder: ['看这笔订单', 'See the order'],
  products: ['产品', 'Products'],
  contract: ['合同日期', 'Contract date'],
  notConfirmed: ['（未经双方确认）', ' (not confirmed by both)'],
  ordered: ['订购（未税，元）', 'Ordered (net, yuan)'],
  delivered: ['已收货（未税，元）', 'Accepted (net, yuan)'],
  invoiced: ['已开票（未税，元）', 'Invoiced (net, yuan)'],
  paid: ['已收款（元）', 'Paid (yuan)'],
  state: ['履行情况', 'State'],
  advice: ['顾问建议', 'Advice'],
  grant: ['获批', 'Granted'],
  grantText: [
    '{{bank}}：{{amount}} 元，年利率 {{rate}}%，{{months}} 个月；已放款 {{drawn}} 元',
    '{{bank}}: {{amount}} yuan at {{rate}} % for {{months}} months; {{drawn}} yuan drawn',
  ],
  loans: ['看放款记录', 'Its loans'],
  reason: ['未获批原因', 'Why it was not granted'],
  assign: ['指派顾问', 'Assign an adviser'],
  advise: ['给建议', 'Advise'],
  pass: ['转给银行', 'Show to banks'],
  refuse: ['以未获批结束', 'Close as not granted'],
  consent: ['更改同意的银行', 'Change the banks'],
  withAdvisers: ['金融顾问', 'the advisers'],
  withAdviser: ['金融顾问{{name}}', 'adviser {{name}}'],
  withBanks: ['银行', 'the banks'],
  answer: ['答复', 'Answer'],
});

/** A request for finance, as each reader may see it. */
export function RequestPage() {
  const { request = '' } = useParams();
  const page = useGet('/api/finance-requests/{request}', { path: { request } });
  return <Read query={page}>{(one) => <Page of={one} />}</Read>;
}

function Page({ of }: { of: Request }) {
  const t = words.use();
  const label = useLabels();
  const { party } = useSignedIn();
  const [act, setAct] = useState<RequestAct>();
  const { next, more } = useNext(of, setAct);
  const language = useLanguage();
  const story = useStory(of);
  const { orderShown: shown, grant, standing, state = '' } = of;
  const months = (count: number) => t('months', { count });
  return (
    <ObjectPage
      kind={t('kind')}
      title={t('title', {
        firm: of.borrower.name ?? of.borrower.enterprise,
        amount: moneyText(of.amount, 'yuan', language),
      })}
      state={
        standing === undefined ? (
          <StateTag kind="finance-request-state" value={state} />
        ) : (
          <StateTag kind="bank-standing" value={standing} />
        )
      }
      holder={holder()}
      next={next}
      story={story}
    >
      <div className="stacked-parts">
        {more && <div className="no-print panel-links">{more}</div>}
        <section className="panel">
          <Facts
            facts={[
              [t('borrower'), !party && <Firm key="borrower" firm={of.borrower} />],
              [t('lead'), <Firm key="lead" firm={of.lead} />],
              [t('amount'), <Money key="amount" amount={of.amount} />],
              [t('purpose'), label('finance-purpose', of.purpose)],
              [t('term'), months(of.termMonths)],
              [t('text'), of.text],
              [t('adviser'), of.adviser?.name],
              [
                t('consented'),
                standing === undefined && (of.anyBank ? t('anyBank') : of.consented.map(({ name }) => name).join('、')),
              ],
              [t('banks'), standing === undefined && of.banks.map(({ name }) => name).join('、')],
              [t('at'), <Moment key="at" at={of.requestedAt} />],
              [
                t('reason'),
                of.reason && [label('not-granted-reason', of.reason), of.reasonText].filter(Boolean).join('：'),
              ],
              [
                t('grant'),
                grant &&
                  t('grantText', {
                    bank: grant.bank.name ?? '',
                    amount: withThousands(grant.amount),
                    rate: asPercent(grant.rate) ?? '',
                    months: grant.termMonths,
                    drawn: withThousands(grant.drawn),
                  }),
              ],
            ]}
          />
          {grant && (
            <p className="no-print">
              <Link to={`/loans?request=${of.request}`} className="card-link">
                {t('loans')}
              </Link>
            </p>
          )}
        </section>
        <div id={ANSWERS}>
          <BankAnswers of={of} />
        </div>
        {shown && (
          <section className="panel">
            <h2>{t('order')}</h2>
            <Facts
              facts={[
                [t('products'), shown.products.join('、')],
                [t('contract'), shown.contractDate + (shown.contractConfirmed ? '' : t('notConfirmed'))],
                [t('state'), label('order-state', shown.state)],
                [t('ordered'), <Money key="ordered" amount={shown.ordered} />],
                [t('delivered'), <Money key="delivered" amount={shown.delivered} />],
                [t('invoiced'), <Money key="invoiced" amount={shown.invoiced} />],
                [t('paid'), <Money key="paid" amount={shown.paid} />],
              ]}
            />
            {party && (
              <Link to={`/orders/${of.order}`} className="card-link">
                {t('seeOrder')}
              </Link>
            )}
          </section>
        )}
        {of.advice.length > 0 && (
          <section className="panel">
            <h2>{t('advice')}</h2>
            {of.advice.map(({ advice, text, by, at }) => (
              <div key={advice}>
                <p>{text}</p>
                <p className="secondary">
                  {by.name} · <Moment at={at} />
                </p>
              </div>
            ))}
          </section>
        )}
      </div>
      <Modal
        open={act !== undefined}
        title={act && t(act)}
        footer={null}
        onCancel={() => setAct(undefined)}
        destroyOnHidden
      >
        {act && <RequestActForm act={act} of={of} onDone={() => setAct(undefined)} />}
      </Modal>
    </ObjectPage>
  );

  function holder(): string | undefined {
    if (of.state === 'asked') return t('withAdvisers');
    if (of.state === 'advised') return t('withAdviser', { name: of.adviser?.name ?? '' });
    return of.state === 'with-banks' || of.state === 'chosen' ? t('withBanks') : undefined;
  }
}
