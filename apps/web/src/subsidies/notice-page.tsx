import { Alert, Button, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { dayText, minuteText } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { policyPath } from './policy-path';
import { useLevelName } from './round-funds';
import { usePolicyTitle } from './use-policy-title';
import './subsidies.css';

const words = defineWords('notice-public', {
  kind: ['拟补助公示', 'Public notice of subsidies'],
  policy: ['政策', 'Policy'],
  round: ['申报批次', 'Round'],
  days: ['公示期', 'On notice'],
  period: ['{{from}} 至 {{until}}（{{count}} 个工作日）', '{{from}} to {{until}} ({{count}} working days)'],
  total: ['合计（元）', 'In all (yuan)'],
  firm: ['企业', 'Firm'],
  code: ['统一社会信用代码', 'USCC'],
  county: ['所在地', 'County'],
  amount: ['拟补助（元）', 'Amount (yuan)'],
  outcome: ['结果', 'Outcome'],
  object: ['提出异议', 'Object'],
  objectText: ['公示期内任何人可提，不用登录', 'Anybody may until its end, without signing in'],
  against: ['对哪家企业', 'Against which firm'],
  text: ['异议内容', 'Your objection'],
  textHelp: ['工信部门看得到内容，看不到你是谁', 'The offices read it, and do not see who you are'],
  name: ['姓名（可不填）', 'Your name (if you like)'],
  nameNeeded: ['姓名', 'Your name'],
  contact: ['联系方式（可不填）', 'How to reach you (if you like)'],
  hidden: ['只有审计看得到', 'Seen by the auditor alone'],
  send: ['提交异议', 'Send it'],
  sent: ['异议已收到，处理完前不会审定', 'Your objection was taken; nothing is approved before it is decided'],
  number: ['回执号', 'Number of the objection'],
  keep: [
    '请记下回执号和企业：凭它们在本页查答复，平台不会告诉任何人这是谁提的',
    'Keep this number and the firm: they open the answer on this page, and tell nobody who objected',
  ],
  see: ['查异议答复', 'Read the answer to an objection'],
  state: ['处理结果', 'Outcome'],
  raised: ['提出', 'Raised'],
  answerBy: ['最迟答复', 'Answered by'],
  decided: ['答复', 'Answered'],
  answer: ['答复内容', 'Answer'],
  document: ['文号', 'Document no.'],
  answerDays: ['异议答复', 'Objections'],
  within: ['{{count}} 个工作日内', 'answered within {{count}} working days'],
});

type Notice = Api['NoticeView'];
type Line = Notice['lines'][number];

export function NoticePage() {
  const { notice = '' } = useParams();
  const page = useGet('/api/notices/{notice}', { path: { notice } });
  return <Read query={page}>{(of) => <Page of={of} />}</Read>;
}

function Page({ of }: { of: Notice }) {
  const t = words.use();
  const title = usePolicyTitle(of.policy);
  const round = useGet('/api/rounds/{round}', { path: { round: of.round } });
  const [objecting, setObjecting] = useState(false);
  const [asking, setAsking] = useState(false);
  const [sent, setSent] = useState<Raised>();
  const { asked, ask } = useAsked();
  const columns = useColumns();
  return (
    <ObjectPage
      kind={t('kind')}
      title={title}
      next={
        of.open ? { text: t('object'), consequence: t('objectText'), onPress: () => setObjecting(true) } : undefined
      }
    >
      <div className="stacked-parts">
        {sent && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t('sent')}
            description={
              <>
                <p>
                  {t('number')} <Typography.Text copyable>{sent.objection}</Typography.Text>
                </p>
                <p>{t('keep')}</p>
                <Link
                  to={`/notices/${of.notice}?claim=${sent.claim}&objection=${sent.objection}`}
                  className="card-link"
                >
                  {t('see')}
                </Link>
              </>
            }
          />
        )}
        {asked && <Answer notice={of.notice} asked={asked} />}
        <section className="panel">
          <Facts
            facts={[
              [
                t('policy'),
                <Link key="policy" to={policyPath(of.policy)} className="card-link">
                  {title}
                </Link>,
              ],
              [
                t('round'),
                <Link key="round" to={`/rounds/${of.round}`} className="card-link">
                  {round.data?.name ?? t('round')}
                </Link>,
              ],
              [t('document'), of.document],
              [t('days'), t('period', { from: dayText(of.startedAt), until: of.until, count: of.workingDays })],
              [t('answerDays'), t('within', { count: of.answerWorkingDays })],
              [t('total'), <Money key="total" amount={of.total} />],
            ]}
          />
          <Button onClick={() => setAsking(true)}>{t('see')}</Button>
        </section>
        <Rows<Line> caption={t('kind')} items={of.lines} rowKey={({ claim }) => claim} columns={columns} />
      </div>
      <Modal open={objecting} title={t('object')} footer={null} onCancel={() => setObjecting(false)} destroyOnHidden>
        <Objection
          of={of}
          onDone={(raised) => {
            setObjecting(false);
            setSent(raised);
          }}
        />
      </Modal>
      <Modal open={asking} title={t('see')} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
        <Asking
          of={of}
          onAsk={(raised) => {
            setAsking(false);
            ask(raised);
          }}
        />
      </Modal>
    </ObjectPage>
  );
}

type Raised = { readonly claim: string; readonly objection: string };

/** Which objection is asked about stands in the address, so that its author can keep the link. */
function useAsked(): { readonly asked: Raised | undefined; readonly ask: (raised: Raised) => void } {
  const [search, setSearch] = useSearchParams();
  const claim = search.get('claim');
  const objection = search.get('objection');
  return {
    asked: claim !== null && objection !== null ? { claim, objection } : undefined,
    ask: (raised) => setSearch({ claim: raised.claim, objection: raised.objection.trim() }, { replace: true }),
  };
}

function Asking({ of, onAsk }: { of: Notice; onAsk: (raised: Raised) => void }) {
  const t = words.use();
  return (
    <WriteForm<Raised> onSubmit={onAsk} pending={false} submit={t('see')}>
      <Field name="claim" label={t('against')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={of.lines.map(({ claim, firm }) => ({ value: claim, label: firm.name ?? firm.enterprise }))}
        />
      </Field>
      <Field name="objection" label={t('number')} required>
        <Input maxLength={36} />
      </Field>
    </WriteForm>
  );
}

function Answer({ notice, asked }: { notice: string; asked: Raised }) {
  const t = words.use();
  const label = useLabels();
  const answer = useGet('/api/notices/{notice}/claims/{claim}/objections/{objection}', { path: { notice, ...asked } });
  return (
    <section className="panel">
      <h2>{t('see')}</h2>
      <Read query={answer}>
        {({ objection, state, raisedAt, answerBy, decidedAt, answer: text }) => (
          <Facts
            facts={[
              [t('number'), objection],
              [t('state'), label('objection-state', state)],
              [t('raised'), minuteText(raisedAt)],
              [t('answerBy'), decidedAt === undefined && answerBy],
              [t('decided'), decidedAt && minuteText(decidedAt)],
              [t('answer'), text && <span className="break">{text}</span>],
            ]}
          />
        )}
      </Read>
    </section>
  );
}

function useColumns(): Column<Line>[] {
  const t = words.use();
  const levelName = useLevelName();
  return [
    { key: 'firm', title: t('firm'), card: 'head', cell: ({ firm }) => <Firm firm={firm} /> },
    {
      key: 'outcome',
      title: t('outcome'),
      card: 'side',
      cell: ({ outcome }) => <StateTag kind="notice-outcome" value={outcome} />,
    },
    { key: 'code', title: t('code'), cell: ({ firm }) => <span className="figure">{firm.enterprise}</span> },
    { key: 'county', title: t('county'), cell: ({ county }) => levelName(county) },
    { key: 'amount', title: t('amount'), figure: true, cell: ({ amount }) => <Money amount={amount} /> },
  ];
}

type Typed = Omit<Api['ObjectionForm'], 'objection'>;

function Objection({ of, onDone }: { of: Notice; onDone: (raised: Raised) => void }) {
  const t = words.use();
  const [objection] = useState(() => crypto.randomUUID());
  const [against, setAgainst] = useState('');
  const write = useWrite('post', '/api/notices/{notice}/objections', {
    onDone: () => onDone({ claim: against, objection }),
  });
  const standing = of.lines.filter(({ outcome }) => outcome === 'standing');
  return (
    <WriteForm<Typed>
      onSubmit={({ claim, text, name, contact }) => {
        setAgainst(claim);
        write.mutate({
          path: { notice: of.notice },
          body: {
            objection,
            claim,
            text,
            ...(name?.trim() && { name: name.trim() }),
            ...(contact?.trim() && { contact: contact.trim() }),
          },
        });
      }}
      pending={write.isPending}
      problem={write.error}
      submit={t('send')}
      consequence={t('textHelp')}
    >
      <Field name="claim" label={t('against')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={standing.map(({ claim, firm }) => ({ value: claim, label: firm.name ?? firm.enterprise }))}
        />
      </Field>
      <Field name="text" label={t('text')} required>
        <Input.TextArea rows={5} maxLength={4000} />
      </Field>
      <Field
        name="name"
        label={t(of.acceptsAnonymous ? 'name' : 'nameNeeded')}
        help={t('hidden')}
        required={!of.acceptsAnonymous}
      >
        <Input maxLength={50} autoComplete="name" />
      </Field>
      <Field name="contact" label={t('contact')} help={t('hidden')}>
        <Input maxLength={100} />
      </Field>
    </WriteForm>
  );
}
