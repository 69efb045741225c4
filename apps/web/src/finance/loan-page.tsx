import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { FileList } from '../kit/files';
import { withThousands } from '../kit/decimal-text';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage, type NextStep } from '../kit/object-page';
import { Read, Trouble } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { asPercent } from '../orders/order-amounts';
import { LoanActForm, type LoanAct } from './loan-acts';

type Loan = Api['LoanView'];

const words = defineWords('loan', {
  kind: ['贷款', 'Loan'],
  borrower: ['借款企业', 'Borrower'],
  contract: ['合同编号', 'Contract'],
  voucher: ['借据号', 'Voucher'],
  signed: ['签订', 'Signed'],
  drawn: ['放款', 'Drawn'],
  due: ['到期', 'Due'],
  amount: ['放款金额（元）', 'Amount (yuan)'],
  outstanding: ['未还本金（元）', 'Outstanding (yuan)'],
  marks: ['性质', 'Kind'],
  preferential: ['优惠贷款', 'preferential'],
  renews: ['借新还旧（不计入贴息）', 'renews an older loan (not subsidised)'],
  dispute: ['异议', 'Dispute'],
  request: ['融资需求', 'Its request'],
  files: ['凭证', 'Vouchers'],
  rates: ['利率', 'Rates'],
  from: ['自', 'From'],
  rate: ['年利率（%）', 'Rate (% a year)'],
  relending: ['再贷款利率（%）', 'Relending (% a year)'],
  repayments: ['还款', 'Repayments'],
  none: ['没有', 'none'],
  paidOn: ['日期', 'Day'],
  principal: ['本金（元）', 'Principal (yuan)'],
  interest: ['截至 {{day}} 累计利息（元）：{{total}}', 'Interest until {{day}} (yuan): {{total}}'],
  interestHelp: [
    '按日计，放款日计息、还款日不计息，年按 360 天；贴息按政策规定的比例和利率另算',
    'By day, with the day of drawing and without the day of repayment, 360 days a year; a policy’s share and rate are its own',
  ],
  to: ['至', 'To'],
  days: ['天数', 'Days'],
  confirm: ['确认无误', 'Confirm'],
  confirmText: ['确认后可作为贴息依据', 'It may then count for an interest subsidy'],
  disputeAct: ['提出异议', 'Dispute'],
  repay: ['登记还款', 'Enter a repayment'],
  rateAct: ['登记利率变动', 'Enter a change of rate'],
  correct: ['更正', 'Correct'],
  strike: ['撤销登记', 'Strike the loan'],
  strikeEntry: ['撤销', 'Strike'],
  handover: ['移交', 'Hand over'],
});

export function LoanPage() {
  const { loan = '' } = useParams();
  const page = useGet('/api/loans/{loan}', { path: { loan } });
  return <Read query={page}>{(one) => <Page of={one} />}</Read>;
}

type Open = { readonly act: LoanAct; readonly entry?: string };

function Page({ of }: { of: Loan }) {
  const t = words.use();
  const label = useLabels();
  const { party, account, roles } = useSignedIn();
  const [open, setOpen] = useState<Open>();
  const confirm = useWrite('post', '/api/loans/{loan}/confirmation');
  const isBank = of.bank.account === account && of.state !== 'struck';
  const next = useNext();
  const { terms, dispute } = of;
  const strikes = (entry: string | undefined) =>
    isBank &&
    entry !== undefined && (
      <Button size="small" onClick={() => setOpen({ act: 'strikeEntry', entry })}>
        {t('strikeEntry')}
      </Button>
    );
  const strikeColumn = <T extends { entry?: string }>() => ({
    key: 'strike',
    title: '',
    card: 'foot' as const,
    cell: ({ entry }: T) => strikes(entry),
  });
  return (
    <ObjectPage
      kind={t('kind')}
      title={of.lender}
      state={<StateTag kind="loan-state" value={of.state} />}
      next={next}
      story={of.story
        .map(({ what, by, reason, at }, index) => ({
          key: `${index}`,
          at,
          who: by.name ?? t('borrower'),
          what: label('loan-story', what),
          why: reason && label(what === 'disputed' ? 'loan-dispute' : 'loan-strike', reason),
        }))
        .reverse()}
    >
      <div className="stacked-parts">
        {confirm.error && <Trouble problem={confirm.error} />}
        <section className="panel">
          <Facts
            facts={[
              [t('borrower'), !party && <Firm key="borrower" firm={of.borrower} />],
              [t('contract'), terms.contractNumber],
              [t('voucher'), terms.voucherNumber],
              [t('amount'), <Money key="amount" amount={terms.amount} />],
              [t('outstanding'), <Money key="outstanding" amount={of.outstanding} />],
              [t('signed'), terms.signedOn],
              [t('drawn'), terms.drawnOn],
              [t('due'), terms.dueOn],
              [
                t('marks'),
                [terms.preferential && t('preferential'), terms.renews && t('renews')].filter(Boolean).join('、'),
              ],
              [
                t('dispute'),
                dispute && [label('loan-dispute', dispute.reason), dispute.text].filter(Boolean).join('：'),
              ],
              [t('files'), of.files.length > 0 && <FileList key="files" files={of.files} />],
            ]}
          />
          {of.request && (party ?? isBank) && (
            <p className="no-print">
              <Link to={`/finance/${of.request}`} className="card-link">
                {t('request')}
              </Link>
            </p>
          )}
        </section>
        <section className="panel">
          <h2>{t('rates')}</h2>
          <Rows
            caption={t('rates')}
            items={of.rates}
            rowKey={({ entry = 'drawn' }) => entry}
            columns={[
              { key: 'from', title: t('from'), card: 'head', cell: ({ from }) => from },
              { key: 'rate', title: t('rate'), figure: true, cell: ({ rate }) => asPercent(rate.rate) },
              { key: 'relending', title: t('relending'), figure: true, cell: ({ rate }) => asPercent(rate.relending) },
              ...(isBank ? [strikeColumn<Api['LoanRateView']>()] : []),
            ]}
          />
        </section>
        <section className="panel">
          <h2>{t('repayments')}</h2>
          {of.repayments.length === 0 ? (
            <p className="secondary">{t('none')}</p>
          ) : (
            <Rows
              caption={t('repayments')}
              items={of.repayments}
              rowKey={({ entry }) => entry}
              columns={[
                { key: 'paidOn', title: t('paidOn'), card: 'head', cell: ({ paidOn }) => paidOn },
                {
                  key: 'principal',
                  title: t('principal'),
                  figure: true,
                  cell: ({ principal }) => <Money amount={principal} />,
                },
                ...(isBank ? [strikeColumn<Api['RepaymentView']>()] : []),
              ]}
            />
          )}
        </section>
        {of.state !== 'struck' && <Interest of={of} />}
      </div>
      <Modal
        open={open !== undefined}
        title={open && t(open.act === 'dispute' ? 'disputeAct' : open.act === 'rate' ? 'rateAct' : open.act)}
        footer={null}
        onCancel={() => setOpen(undefined)}
        destroyOnHidden
      >
        {open && <LoanActForm act={open.act} entry={open.entry} of={of} onDone={() => setOpen(undefined)} />}
      </Modal>
    </ObjectPage>
  );

  function useNext(): NextStep | undefined {
    const also = (...acts: LoanAct[]) =>
      acts.map((act) => (
        <Button key={act} onClick={() => setOpen({ act })}>
          {t(act === 'dispute' ? 'disputeAct' : act === 'rate' ? 'rateAct' : act)}
        </Button>
      ));
    if (of.state === 'struck') return undefined;
    if (isBank) {
      const first = of.state === 'disputed' ? 'correct' : 'repay';
      const rest = (['repay', 'rate', 'correct', 'strike'] as const).filter((act) => act !== first);
      return { text: t(first), onPress: () => setOpen({ act: first }), more: also(...rest) };
    }
    if (roles.includes('city-officer')) return { text: t('handover'), onPress: () => setOpen({ act: 'handover' }) };
    if (!party || party.innerRole === 'viewer') return undefined;
    if (of.state === 'confirmed') return { text: t('disputeAct'), onPress: () => setOpen({ act: 'dispute' }) };
    return {
      text: t('confirm'),
      consequence: t('confirmText'),
      pending: confirm.isPending,
      onPress: () =>
        confirm.mutate({
          path: { loan: of.loan },
          body: of.correction === undefined ? {} : { correction: of.correction },
        }),
      more: also('dispute'),
    };
  }
}

function Interest({ of: { interest } }: { of: Loan }) {
  const t = words.use();
  return (
    <section className="panel">
      <h2>{t('interest', { day: interest.asOf, total: withThousands(interest.total) })}</h2>
      <p className="secondary">{t('interestHelp')}</p>
      {interest.stretches.length > 0 && (
        <Rows
          caption={t('interest', { day: interest.asOf, total: withThousands(interest.total) })}
          items={interest.stretches}
          rowKey={({ from }) => from}
          columns={[
            { key: 'from', title: t('from'), card: 'head', cell: ({ from }) => from },
            { key: 'to', title: t('to'), cell: ({ to }) => to },
            { key: 'days', title: t('days'), figure: true, cell: ({ days }) => days },
            {
              key: 'principal',
              title: t('principal'),
              figure: true,
              cell: ({ principal }) => <Money amount={principal} />,
            },
            { key: 'rate', title: t('rate'), figure: true, cell: ({ rate }) => asPercent(rate) },
          ]}
        />
      )}
    </section>
  );
}
