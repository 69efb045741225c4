import { Alert, App, Button, Checkbox, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { FileList, FilesInput } from '../kit/files';
import { AreaSelect, DayInput, DecimalInput, IndustrySelect } from '../kit/inputs';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ObjectPage, type NextStep } from '../kit/object-page';
import { Read, Trouble } from '../kit/page-state';
import { dayText, Moment, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { FirmFacts, useGapFields } from './facts';

const words = defineWords('own-registration', {
  title: ['企业资料', 'Our firm'],
  code: ['统一社会信用代码', 'Unified social credit code'],
  size: ['规模', 'Size class'],
  sizeHelp: ['按行业、从业人员和营业收入自动划分', 'Computed from industry, staff and revenue'],
  office: ['工信部门', 'the county office'],
  us: ['贵企业', 'your firm'],
  facts: ['登记事项', 'Facts'],
  awaiting: ['变更待工信部门核对', 'Changes that wait for the office'],
  evidence: ['证明材料', 'Evidence'],
  evidenceKind: ['材料种类', 'Kind'],
  gaps: ['需要补正', 'What is missing'],
  complete: ['已补齐，送回核验', 'All is there: send it back'],
  completeText: ['送回后由工信部门再次核验', 'The office then checks it again'],
  change: ['更新资料', 'Update facts'],
  changeText: [
    '名称和注册地址须经核对才生效，其他自报即生效并注明来源',
    'Name and registered address hold once checked; others hold as declared by you',
  ],
  from: ['从哪天起', 'From which day'],
  save: ['保存', 'Save'],
  waiting: [
    '等工信部门核验。核验期间可以浏览需求、准备报价。',
    'The office is checking. Meanwhile you can read demands and prepare offers.',
  ],
  decision: ['工信部门意见', 'The office’s decision'],
  second: ['第二人同意', 'Second person'],
  secondText: [
    '选中的操作须由另一位同事批准后才生效',
    'These acts take effect when another colleague has approved them',
  ],
  secondSaved: ['已保存', 'Saved'],
  contest: ['代码被别人注册了？', 'Was your code registered by somebody else?'],
  contestText: [
    '向工信部门提出异议，由其核对材料后决定由谁持有',
    'Contest it: the office looks at the evidence and decides',
  ],
  statement: ['说明', 'Statement'],
  send: ['提出异议', 'Contest'],
  staff: ['从业人员（人）', 'Staff'],
  revenue: ['上年营业收入（元）', 'Revenue of the last year (yuan)'],
  assets: ['资产总额（元）', 'Assets (yuan)'],
  area: ['县（市、区）', 'County'],
  text: ['详细地址', 'Address'],
});

type Own = Api['RegistrationView'];

export function OwnRegistrationPage() {
  const own = useGet('/api/registrations/own', {});
  return <Read query={own}>{(registration) => <Page own={registration} />}</Read>;
}

function Page({ own }: { own: Own }) {
  const t = words.use();
  const label = useLabels();
  const gaps = useGapFields();
  const { party } = useSignedIn();
  const manages = party?.innerRole === 'manager';
  const writes = party?.innerRole !== 'viewer';
  const complete = useWrite('post', '/api/registrations/own/completion');
  const [changing, setChanging] = useState(false);
  const next: NextStep | undefined =
    own.state === 'returned' && writes
      ? {
          text: t('complete'),
          consequence: t('completeText'),
          onPress: () => complete.mutate({}),
          pending: complete.isPending,
        }
      : writes
        ? { text: t('change'), consequence: t('changeText'), onPress: () => setChanging(true) }
        : undefined;
  const awaits = Object.keys(own.awaitingCheck).length > 0;
  return (
    <ObjectPage
      title={own.name}
      kind={t('title')}
      state={<StateTag kind="registration-state" value={own.state} />}
      holder={own.waitingFor ? t('office') : own.state === 'returned' ? t('us') : undefined}
      next={next}
    >
      {complete.error && <Trouble problem={complete.error} />}
      {own.state === 'applied' && <Alert type="info" showIcon title={t('waiting')} />}
      {own.gaps.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('gaps')}
          description={
            <ul className="faults">
              {own.gaps.map(({ field, note }) => (
                <li key={field + note}>
                  {gaps.nameOf(field)}：{note}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {own.decision?.reason && (
        <p>
          {t('decision')}：{own.decision.reason} <span className="secondary">{own.decision.by.name}</span>{' '}
          <Moment at={own.decision.at} />
        </p>
      )}
      <h2>{t('facts')}</h2>
      <div className="panel">
        <FirmFacts
          facts={own.facts}
          more={[
            [
              t('code'),
              <span key="code" className="figure">
                {own.enterprise}
              </span>,
            ],
            [
              t('size'),
              own.size && (
                <span key="size" title={t('sizeHelp')}>
                  {label('size', own.size)}
                </span>
              ),
            ],
          ]}
        />
      </div>
      {awaits && (
        <>
          <h2>{t('awaiting')}</h2>
          <div className="panel">
            <FirmFacts facts={own.awaitingCheck} />
          </div>
        </>
      )}
      <Evidence own={own} writes={writes} />
      {manages && <SecondPerson own={own} />}
      {manages && (own.state === 'applied' || own.state === 'refused') && <Contest />}
      <Modal open={changing} title={t('change')} footer={null} onCancel={() => setChanging(false)} destroyOnHidden>
        <ChangeFacts onDone={() => setChanging(false)} />
      </Modal>
    </ObjectPage>
  );
}

function ChangeFacts({ onDone }: { onDone: () => void }) {
  const t = words.use();
  const label = useLabels();
  const declare = useWrite('put', '/api/registrations/own/facts', { onDone });
  type Form = Omit<Api['FactsForm'], 'staff'> & { staff?: string };
  // An address of which nothing was filled in is left out, as is every other empty field: what is left out stays as it was.
  const filled = ({ staff, ...facts }: Form): Api['FactsForm'] => {
    const kept = Object.entries(facts).filter(
      ([, value]) =>
        value !== undefined &&
        value !== '' &&
        !(typeof value === 'object' && Object.values(value).every((part) => part === undefined)),
    );
    return {
      ...(Object.fromEntries(kept) as unknown as Api['FactsForm']),
      ...(staff !== undefined && { staff: Number(staff) }),
    };
  };
  return (
    <WriteForm<Form>
      initial={{ from: dayText(new Date(platformNow())) }}
      onSubmit={(values) => declare.mutate({ body: filled(values) })}
      pending={declare.isPending}
      problem={declare.error}
      submit={t('save')}
      consequence={t('changeText')}
    >
      <Field name="from" label={t('from')} required>
        <DayInput />
      </Field>
      <Field name="name" label={label('fact', 'name')}>
        <Input maxLength={100} />
      </Field>
      {(['registeredAddress', 'plantAddress'] as const).map((kind) => (
        <fieldset key={kind} className="fieldset">
          <legend>{label('fact', kind)}</legend>
          <Field name={[kind, 'area']} label={t('area')}>
            <AreaSelect />
          </Field>
          <Field name={[kind, 'text']} label={t('text')}>
            <Input maxLength={200} />
          </Field>
        </fieldset>
      ))}
      <Field name="industry" label={label('fact', 'industry')}>
        <IndustrySelect />
      </Field>
      <Field name="staff" label={t('staff')}>
        <DecimalInput />
      </Field>
      <Field name="revenue" label={t('revenue')}>
        <DecimalInput />
      </Field>
      <Field name="assets" label={t('assets')}>
        <DecimalInput />
      </Field>
    </WriteForm>
  );
}

function Evidence({ own, writes }: { own: Own; writes: boolean }) {
  const t = words.use();
  const label = useLabels();
  const kinds = useChoices('evidence');
  const [kind, setKind] = useState<Api['EvidenceItem']['kind']>('business-licence');
  const attach = useWrite('post', '/api/registrations/own/evidence');
  return (
    <>
      <h2>{t('evidence')}</h2>
      {own.evidence.map((one) => (
        <Space key={one.id}>
          <span className="secondary">{label('evidence', one.kind)}</span>
          <FileList files={[{ id: one.id, name: one.name ?? label('evidence', one.kind), sha256: one.sha256 }]} />
        </Space>
      ))}
      {attach.error && <Trouble problem={attach.error} />}
      {writes && (
        <Space wrap>
          <Select
            aria-label={t('evidenceKind')}
            value={kind}
            options={kinds}
            onChange={(next: string) => setKind(next as typeof kind)}
          />
          <FilesInput
            value={[]}
            onChange={([file]) => file && attach.mutate({ body: { evidence: [{ id: file.id, kind }] } })}
          />
        </Space>
      )}
    </>
  );
}

function SecondPerson({ own }: { own: Own }) {
  const t = words.use();
  const { message } = App.useApp();
  const choices = useChoices('second-person');
  const save = useWrite('put', '/api/registrations/own/second-person', {
    onDone: () => void message.success(t('secondSaved')),
  });
  return (
    <>
      <h2>{t('second')}</h2>
      <p className="secondary">{t('secondText')}</p>
      {save.error && <Trouble problem={save.error} />}
      <Checkbox.Group
        options={choices}
        value={own.secondPersonFor}
        disabled={save.isPending}
        onChange={(acts) => save.mutate({ body: { acts: acts } })}
      />
    </>
  );
}

function Contest() {
  const t = words.use();
  const [open, setOpen] = useState(false);
  const contest = useWrite('post', '/api/registrations/own/contest', { onDone: () => setOpen(false) });
  return (
    <>
      <h2>{t('contest')}</h2>
      <p className="secondary">{t('contestText')}</p>
      <Button onClick={() => setOpen(true)}>{t('send')}</Button>
      <Modal open={open} title={t('contest')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <WriteForm<Api['ContestForm']>
          onSubmit={(body) => contest.mutate({ body })}
          pending={contest.isPending}
          problem={contest.error}
          submit={t('send')}
          consequence={t('contestText')}
        >
          <Field name="statement" label={t('statement')} required>
            <Input.TextArea rows={4} maxLength={2000} />
          </Field>
        </WriteForm>
      </Modal>
    </>
  );
}
