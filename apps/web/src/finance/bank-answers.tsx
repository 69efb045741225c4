import { Button, Tag } from 'antd';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Trouble } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { asPercent } from '../orders/order-amounts';

const words = defineWords('bank-answers', {
  title: ['银行答复', 'Answers of banks'],
  own: ['我行的答复', 'Our answer'],
  none: ['还没有答复', 'No answers yet'],
  bank: ['银行', 'Bank'],
  kind: ['答复', 'Answer'],
  amount: ['金额（元）', 'Amount (yuan)'],
  rate: ['年利率（%）', 'Rate (% a year)'],
  term: ['期限（月）', 'Months'],
  until: ['有效期至', 'Valid until'],
  text: ['说明', 'Words'],
  at: ['答复时间', 'Answered'],
  choose: ['选择', 'Choose'],
  chosen: ['已选', 'chosen'],
});

type Request = Api['FinanceRequestView'];

/** The last answer of each bank side by side; the firm chooses among offers until one is granted. */
export function BankAnswers({ of }: { of: Request }) {
  const t = words.use();
  const label = useLabels();
  const { party } = useSignedIn();
  const choice = useWrite('post', '/api/finance-requests/{request}/choice');
  const mayChoose =
    party !== undefined && party.innerRole !== 'viewer' && (of.state === 'with-banks' || of.state === 'chosen');
  if (of.banks.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t(of.standing === undefined ? 'title' : 'own')}</h2>
      {choice.error && <Trouble problem={choice.error} />}
      {of.answers.length === 0 ? (
        <p className="secondary">{t('none')}</p>
      ) : (
        <Rows
          caption={t('title')}
          items={of.answers}
          rowKey={({ answer }) => answer}
          columns={[
            { key: 'bank', title: t('bank'), card: 'head', cell: ({ bank }) => bank.name },
            {
              key: 'kind',
              title: t('kind'),
              card: 'side',
              cell: ({ kind, reason, isChosen }) => (
                <>
                  {label('bank-answer', kind)}
                  {reason && `：${label('bank-refusal', reason)}`}{' '}
                  {isChosen && <Tag color="success">{t('chosen')}</Tag>}
                </>
              ),
            },
            {
              key: 'amount',
              title: t('amount'),
              figure: true,
              cell: ({ amount }) => amount && <Money amount={amount} />,
            },
            { key: 'rate', title: t('rate'), figure: true, cell: ({ rate }) => asPercent(rate) },
            { key: 'term', title: t('term'), figure: true, cell: ({ termMonths }) => termMonths },
            { key: 'until', title: t('until'), cell: ({ validUntil }) => validUntil },
            { key: 'text', title: t('text'), cell: ({ text }) => text },
            { key: 'at', title: t('at'), cell: ({ at }) => <Moment at={at} /> },
            ...(mayChoose
              ? [
                  {
                    key: 'choose',
                    title: '',
                    card: 'foot' as const,
                    cell: ({ answer, kind, isChosen }: Api['BankAnswerView']) =>
                      kind === 'offer' &&
                      !isChosen && (
                        <Button
                          type="primary"
                          loading={choice.isPending}
                          onClick={() => choice.mutate({ path: { request: of.request }, body: { answer } })}
                        >
                          {t('choose')}
                        </Button>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  );
}
