import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Modal, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { usccFault } from '../account/uscc';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { FileList } from '../kit/files';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage, type NextStep } from '../kit/object-page';
import { Read, Trouble } from '../kit/page-state';
import { useAreas } from '../kit/reference';
import { dayText, minuteText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { FirmFacts, useGapFields } from './facts';

const words = defineWords('registration-office', {
  kind: ['企业登记', 'Registration'],
  code: ['统一社会信用代码', 'Code'],
  codeRight: ['校验位正确', 'the check character is right'],
  codeWrong: ['校验位不对', 'the check character is wrong'],
  size: ['规模（按从业人员、营业收入、行业计算）', 'Size class (computed from staff, revenue, industry)'],
  sizeUnknown: [
    '资料不足，未能划型：缺从业人员、营业收入或行业',
    'Not computable: staff, revenue or industry is missing',
  ],
  lead: ['龙头企业名单', 'Lead-firm list'],
  isLead: ['今天在有效名单上：{{lists}}', 'on a list valid today: {{lists}}'],
  noLead: ['今天不在有效名单上', 'on no list that is valid today'],
  checks: ['核对', 'Checks'],
  facts: ['登记事项', 'Facts'],
  awaiting: ['待核对的变更', 'Changes to check'],
  evidence: ['证明材料', 'Evidence'],
  noEvidence: ['没有上传材料，不能确认', 'No evidence was uploaded: it cannot be confirmed'],
  contacts: ['联系人', 'Contacts'],
  confirm: ['确认登记', 'Confirm'],
  confirmText: [
    '按您现在看到的名称和材料确认。确认后企业可以报价和发布，并收到通知。',
    'Confirms by the name and evidence you see now. The firm is told and may offer and publish.',
  ],
  return: ['退回补正', 'Return'],
  returnText: [
    '一次列全需要补正的事项，企业补齐后送回',
    'Name all gaps at once; the firm sends it back when they are closed',
  ],
  refuse: ['驳回', 'Refuse'],
  suspend: ['暂停', 'Suspend'],
  suspendText: [
    '暂停后不能报价、发布、定标，已有记录保留',
    'While suspended it cannot offer, publish or award; what was done stays',
  ],
  reinstate: ['恢复', 'Reinstate'],
  reason: ['理由', 'Reason'],
  gap: ['事项', 'What'],
  note: ['说明', 'Note'],
  addGap: ['再加一项', 'One more'],
  contest: ['对持有人的异议', 'Contest of the holder'],
  contestText: ['企业的说明', 'The firm’s statement'],
  holder: ['现在持有该代码的登记', 'The registration that holds the code'],
  keep: ['维持原持有企业', 'Keep the holder'],
  replace: ['更换为本企业', 'Replace it by this firm'],
  replaceText: [
    '更换后，原登记所做的报价和发布作废',
    'What the former registration offered and published becomes void',
  ],
  checked: ['核对后的事项', 'Facts as checked'],
  checkFacts: ['核对无误', 'Checked and right'],
  checkFactsText: [
    '把企业自报的变更记为“已核对”，从今天起生效',
    'Records what the firm declared as checked, from today',
  ],
  applied: ['企业提交登记', 'The firm applied'],
  stated: ['{{facts}}（{{source}}，{{from}} 起）', '{{facts}} ({{source}}, from {{from}})'],
  firm: ['企业', 'the firm'],
});

type Registration = Api['RegistrationView'];
type Act = 'confirm' | 'return' | 'refuse' | 'suspend' | 'reinstate' | 'contest';

/** A firm's registration as the office sees it: what it says, what was computed, and the decision. */
export function RegistrationPage() {
  const { registrationId = '' } = useParams();
  const page = useGet('/api/registrations/{registrationId}', { path: { registrationId } });
  return <Read query={page}>{(registration) => <Page of={registration} />}</Read>;
}

function Page({ of }: { of: Registration }) {
  const t = words.use();
  const label = useLabels();
  const standing = useStanding();
  const [act, setAct] = useState<Act>();
  // Its own office decides; the bureau supervises, and decides on firms from elsewhere.
  const own = of.office === 'city' ? (standing?.city ?? false) : standing?.me?.area === of.office;
  const decides = own || ((standing?.city ?? false) && (of.state === 'confirmed' || of.state === 'suspended'));
  const story = [
    ...(of.decision
      ? [
          {
            key: 'decision',
            at: of.decision.at,
            who: of.decision.by.name,
            what: label('registration-notice', of.decision.event),
            why: of.decision.reason,
          },
        ]
      : []),
    { key: 'applied', at: of.appliedAt, who: t('firm'), what: t('applied') },
  ];
  return (
    <ObjectPage
      title={of.name}
      kind={t('kind')}
      state={<StateTag kind="registration-state" value={of.state} />}
      next={decides ? nextOf(of, t, setAct) : undefined}
      story={story}
    >
      <h2>{t('checks')}</h2>
      <div className="panel">
        <Checks of={of} />
      </div>
      {of.contesting && (
        <Alert
          type="warning"
          showIcon
          title={t('contest')}
          description={of.statement}
          action={own && <Button onClick={() => setAct('contest')}>{t('contest')}</Button>}
        />
      )}
      <h2>{t('facts')}</h2>
      <div className="panel">
        <FirmFacts facts={of.facts} />
      </div>
      {Object.keys(of.awaitingCheck).length > 0 && <Awaiting of={of} decides={own} />}
      <h2>{t('evidence')}</h2>
      {of.evidence.length === 0 ? (
        <p className="secondary">{t('noEvidence')}</p>
      ) : (
        <ul className="plain">
          {of.evidence.map((one) => (
            <li key={one.id}>
              <Space>
                <span className="secondary">{label('evidence', one.kind)}</span>
                <FileList files={[{ id: one.id, name: one.name ?? label('evidence', one.kind), sha256: one.sha256 }]} />
              </Space>
            </li>
          ))}
        </ul>
      )}
      {of.contacts && of.contacts.length > 0 && (
        <>
          <h2>{t('contacts')}</h2>
          <ul className="plain">
            {of.contacts.map(({ name, mobile }) => (
              <li key={mobile}>
                {name} <a href={`tel:${mobile}`}>{mobile}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Decide key={act} of={of} act={act} onClose={() => setAct(undefined)} />
    </ObjectPage>
  );
}

type T = ReturnType<typeof words.use>;

function nextOf({ state, evidence }: Registration, t: T, choose: (act: Act) => void): NextStep | undefined {
  const others = (acts: readonly Act[]): ReactNode =>
    acts.map((act) => (
      <Button key={act} danger={act === 'refuse' || act === 'suspend'} onClick={() => choose(act)}>
        {t(act)}
      </Button>
    ));
  if (state === 'applied') {
    const text = evidence.length === 0 ? t('noEvidence') : t('confirmText');
    return {
      text: t('confirm'),
      consequence: text,
      disabled: evidence.length === 0,
      onPress: () => choose('confirm'),
      more: others(['return', 'refuse']),
    };
  }
  if (state === 'suspended') return { text: t('reinstate'), onPress: () => choose('reinstate') };
  if (state === 'confirmed')
    return { text: t('suspend'), consequence: t('suspendText'), onPress: () => choose('suspend') };
  return undefined;
}

/** What the officer need not find out by himself. */
function Checks({ of }: { of: Registration }) {
  const t = words.use();
  const label = useLabels();
  const today = dayText(new Date(platformNow()));
  const { data } = useGet('/api/lead-lists/membership', { query: { enterprise: of.enterprise, day: today } });
  const right = usccFault(of.enterprise) === undefined;
  return (
    <Facts
      facts={[
        [
          t('code'),
          <span key="code">
            <span className="figure">{of.enterprise}</span>{' '}
            {right ? (
              <CheckCircleOutlined aria-hidden className="good" />
            ) : (
              <CloseCircleOutlined aria-hidden className="bad" />
            )}{' '}
            {t(right ? 'codeRight' : 'codeWrong')}
          </span>,
        ],
        [t('size'), of.size ? label('size', of.size) : t('sizeUnknown')],
        [
          t('lead'),
          data &&
            (data.wasLead ? t('isLead', { lists: data.lists.map(({ title }) => title).join('、') }) : t('noLead')),
        ],
      ]}
    />
  );
}

function Awaiting({ of, decides }: { of: Registration; decides: boolean }) {
  const t = words.use();
  const check = useWrite('put', '/api/registrations/{registrationId}/facts');
  const { holders: _notChecked, ...facts } = of.awaitingCheck;
  return (
    <>
      <h2>{t('awaiting')}</h2>
      <div className="panel">
        <FirmFacts facts={of.awaitingCheck} />
        {check.error && <Trouble problem={check.error} />}
        {decides && of.state === 'confirmed' && (
          <>
            <Button
              className="form-gap"
              loading={check.isPending}
              onClick={() =>
                check.mutate({
                  path: { registrationId: of.registration },
                  body: { ...facts, from: dayText(new Date(platformNow())) },
                })
              }
            >
              {t('checkFacts')}
            </Button>
            <p className="secondary">{t('checkFactsText')}</p>
          </>
        )}
      </div>
    </>
  );
}

function Decide({ of, act, onClose }: { of: Registration; act: Act | undefined; onClose: () => void }) {
  const t = words.use();
  const path = { registrationId: of.registration };
  const options = { onDone: onClose };
  const confirm = useWrite('post', '/api/registrations/{registrationId}/confirmation', options);
  const back = useWrite('post', '/api/registrations/{registrationId}/return', options);
  const refuse = useWrite('post', '/api/registrations/{registrationId}/refusal', options);
  const suspend = useWrite('post', '/api/registrations/{registrationId}/suspension', options);
  const reinstate = useWrite('post', '/api/registrations/{registrationId}/reinstatement', options);
  const evidence = of.evidence.map(({ id }) => id);
  const withReason = { refuse, suspend, reinstate };
  return (
    <Modal open={act !== undefined} title={act && t(act)} footer={null} onCancel={onClose} destroyOnHidden>
      {act === 'confirm' && (
        <WriteForm<object>
          onSubmit={() => confirm.mutate({ path, body: { name: of.name, evidence } })}
          pending={confirm.isPending}
          problem={confirm.error}
          submit={t('confirm')}
          consequence={t('confirmText')}
        >
          <p>
            <strong>{of.name}</strong> <span className="figure">{of.enterprise}</span>
          </p>
        </WriteForm>
      )}
      {act === 'return' && (
        <WriteForm<Api['ReturnForm']>
          initial={{ gaps: [{} as Api['GapForm']] }}
          onSubmit={(body) => back.mutate({ path, body })}
          pending={back.isPending}
          problem={back.error}
          submit={t('return')}
          consequence={t('returnText')}
        >
          <Gaps />
        </WriteForm>
      )}
      {(act === 'refuse' || act === 'suspend' || act === 'reinstate') && (
        <WriteForm<Api['ReasonForm']>
          onSubmit={(body) => withReason[act].mutate({ path, body })}
          pending={withReason[act].isPending}
          problem={withReason[act].error}
          submit={t(act)}
          consequence={act === 'suspend' ? t('suspendText') : undefined}
          danger={act !== 'reinstate'}
        >
          <Field name="reason" label={t('reason')} required>
            <Input.TextArea rows={3} maxLength={500} />
          </Field>
        </WriteForm>
      )}
      {act === 'contest' && <DecideContest of={of} onDone={onClose} />}
    </Modal>
  );
}

function Gaps() {
  const t = words.use();
  const { options } = useGapFields();
  return (
    <Form.List name="gaps">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="fieldset">
              <Field name={[name, 'field']} label={t('gap')} required>
                <Select options={options} />
              </Field>
              <Field name={[name, 'note']} label={t('note')} required>
                <Input maxLength={500} />
              </Field>
              {fields.length > 1 && (
                <Button size="small" onClick={() => remove(name)}>
                  ×
                </Button>
              )}
            </fieldset>
          ))}
          <Button onClick={() => add({})}>{t('addGap')}</Button>
        </>
      )}
    </Form.List>
  );
}

function DecideContest({ of, onDone }: { of: Registration; onDone: () => void }) {
  const t = words.use();
  const { areaName } = useAreas();
  const decide = useWrite('post', '/api/registrations/{registrationId}/contest-decision', { onDone });
  const same = useGet('/api/registrations', { query: { enterprise: of.enterprise } });
  const holder = same.data?.items.find(
    ({ registration, state }) =>
      registration !== of.registration && (state === 'confirmed' || state === 'suspended' || state === 'applied'),
  );
  const [decision, setDecision] = useState<'keep' | 'replace'>('keep');
  return (
    <WriteForm<{ reason: string }>
      onSubmit={({ reason }) =>
        holder &&
        decide.mutate({
          path: { registrationId: of.registration },
          body: {
            holder: holder.registration,
            decision,
            reason,
            name: of.name,
            evidence: of.evidence.map(({ id }) => id),
          },
        })
      }
      pending={decide.isPending}
      problem={decide.error}
      submit={t(decision)}
      consequence={decision === 'replace' ? t('replaceText') : undefined}
      danger={decision === 'replace'}
    >
      {of.statement && (
        <p>
          {t('contestText')}：{of.statement}
        </p>
      )}
      {holder && (
        <p>
          {t('holder')}：{holder.name} · {areaName(holder.office)} · {minuteText(holder.appliedAt)}
        </p>
      )}
      <Space className="form-gap">
        {(['keep', 'replace'] as const).map((one) => (
          <Button
            key={one}
            aria-pressed={decision === one}
            type={decision === one ? 'primary' : 'default'}
            onClick={() => setDecision(one)}
          >
            {t(one)}
          </Button>
        ))}
      </Space>
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={3} maxLength={500} />
      </Field>
    </WriteForm>
  );
}
