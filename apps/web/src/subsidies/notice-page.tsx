import { Alert, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { dayText } from '../kit/time';
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
  const [isSent, setSent] = useState(false);
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
        {isSent && <Alert type="success" showIcon role="status" title={t('sent')} />}
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
              [t('days'), t('period', { from: dayText(of.startedAt), until: of.until, count: of.workingDays })],
              [t('total'), <Money key="total" amount={of.total} />],
            ]}
          />
        </section>
        <Rows<Line> caption={t('kind')} items={of.lines} rowKey={({ claim }) => claim} columns={columns} />
      </div>
      <Modal open={objecting} title={t('object')} footer={null} onCancel={() => setObjecting(false)} destroyOnHidden>
        <Objection
          of={of}
          onDone={() => {
            setObjecting(false);
            setSent(true);
          }}
        />
      </Modal>
    </ObjectPage>
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

function Objection({ of, onDone }: { of: Notice; onDone: () => void }) {
  const t = words.use();
  const [objection] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/notices/{notice}/objections', { onDone });
  const standing = of.lines.filter(({ outcome }) => outcome === 'standing');
  return (
    <WriteForm<Typed>
      onSubmit={({ claim, text, name, contact }) =>
        write.mutate({
          path: { notice: of.notice },
          body: {
            objection,
            claim,
            text,
            ...(name?.trim() && { name: name.trim() }),
            ...(contact?.trim() && { contact: contact.trim() }),
          },
        })
      }
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
