import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn, useStanding } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { FileList, FilesInput } from '../../kit/files';
import { Firm } from '../../kit/firm';
import { ChoiceSelect, DayInput } from '../../kit/inputs';
import { StateTag, useChoices, useLabels } from '../../kit/labels';
import { Facts, ObjectPage, type NextStep, type StoryLine } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { useAreas } from '../../kit/reference';
import { Field, WriteForm } from '../../kit/write-form';

type Check = Api['CheckView'];
type Act = 'ask' | 'find' | 'conclude' | 'state';

const words = defineWords('check', {
  kind: ['核查', 'Check'],
  lead: ['龙头企业', 'Lead firm'],
  supplier: ['配套企业', 'Supplier'],
  cause: ['缘由', 'Cause'],
  seed: ['抽取种子', 'Seed of the draw'],
  hash: ['总体摘要', 'Hash of the population'],
  match: ['看对接经过', 'The match and its story'],
  office: ['工信部门', 'the office'],
  firms: ['被询问的企业', 'the firms asked'],
  bureau: ['市工信局', 'City bureau'],
  ask: ['要求说明', 'Ask for statements'],
  askText: [
    '企业会收到待办，说明只有工信部门和审计看得到',
    'The firms get a to-do; statements are read by offices and the auditor only',
  ],
  sides: ['向谁询问', 'Whom'],
  what: ['要说明什么', 'What about'],
  answerBy: ['答复期限', 'Answer by'],
  find: ['记录发现', 'Record a finding'],
  conclude: ['下结论', 'Conclude'],
  concludeText: [
    '存疑：补贴申报暂停审定。不属实：该对接的交易不计入任何申报，已付的重新计算。',
    'Doubtful stops the approval of claims. Untrue: its trade counts in no claim, and paid ones are computed again.',
  ],
  result: ['结论', 'Result'],
  reasons: ['依据', 'Grounds'],
  state: ['提交说明', 'Give your statement'],
  stateText: ['提交后不能更改，可再补充', 'It cannot be changed afterwards; you can add another'],
  text: ['内容', 'Text'],
  files: ['附件', 'Files'],
  opened: ['开启核查', 'Check opened'],
  asked: ['要求{{sides}}说明', 'Asked: {{sides}}'],
  until: ['期限 {{day}}', 'by {{day}}'],
  concluded: ['结论：{{result}}', 'Concluded: {{result}}'],
  system: ['抽取', 'Drawn'],
  clock: ['答复期限 {{day}}', 'Statements by {{day}}'],
});

/** A check of one match: who asked what, what was stated and found, and how it ended. */
export function CheckPage() {
  const { match = '', check = '' } = useParams();
  const page = useGet('/api/matches/{match}/checks/{check}', { path: { match, check } });
  return <Read query={page}>{(one) => <Page of={one} />}</Read>;
}

function Page({ of }: { of: Check }) {
  const t = words.use();
  const label = useLabels();
  const standing = useStanding();
  const [act, setAct] = useState<Act>();
  const story = useStory(of);
  const open = of.state === 'open';
  const asked = of.askings.at(-1);
  const next: NextStep | undefined = !open
    ? undefined
    : standing?.office
      ? {
          text: t(of.askings.length === 0 ? 'ask' : 'conclude'),
          consequence: t(of.askings.length === 0 ? 'askText' : 'concludeText'),
          onPress: () => setAct(of.askings.length === 0 ? 'ask' : 'conclude'),
          more: (of.askings.length === 0 ? (['find', 'conclude'] as const) : (['ask', 'find'] as const)).map((one) => (
            <Button key={one} onClick={() => setAct(one)}>
              {t(one)}
            </Button>
          )),
        }
      : standing?.firm && asked
        ? { text: t('state'), consequence: t('stateText'), onPress: () => setAct('state') }
        : undefined;
  const reads = standing?.office || standing?.auditor;
  return (
    <ObjectPage
      title={`${of.lead.name ?? of.lead.enterprise} — ${of.supplier.name ?? of.supplier.enterprise}`}
      kind={t('kind')}
      state={<StateTag kind="check-result" value={of.state} />}
      holder={open ? t(asked && of.entries.every(({ kind }) => kind !== 'statement') ? 'firms' : 'office') : undefined}
      clock={open && asked?.answerBy ? <span className="clock">{t('clock', { day: asked.answerBy })}</span> : undefined}
      next={next}
      story={story}
    >
      <div className="panel">
        <Facts
          facts={[
            [t('lead'), <Firm key="lead" firm={of.lead} />],
            [t('supplier'), <Firm key="supplier" firm={of.supplier} />],
            [t('cause'), of.cause && [label('check-cause', of.cause.kind), of.cause.text].filter(Boolean).join('：')],
            [t('seed'), of.cause?.seed],
            [
              t('hash'),
              of.cause?.populationHash && (
                <code key="hash" className="break">
                  {of.cause.populationHash}
                </code>
              ),
            ],
          ]}
        />
        {reads && (
          <p>
            <Link to={`/matches/${of.match}`}>{t('match')}</Link>
          </p>
        )}
      </div>
      <Modal
        open={act !== undefined}
        title={act && t(act)}
        footer={null}
        onCancel={() => setAct(undefined)}
        destroyOnHidden
      >
        {act && <ActForm act={act} of={of} onDone={() => setAct(undefined)} />}
      </Modal>
    </ObjectPage>
  );
}

function useStory(of: Check): StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const officer = (by: Api['CheckOfficerView'] | undefined): string =>
    by ? [by.area ? areaName(by.area) : t('bureau'), by.name].filter(Boolean).join(' · ') : t('office');
  const sideName = (side: string | undefined): string =>
    (side === 'lead' ? of.lead.name : of.supplier.name) ?? label('check-side', side ?? '');
  const lines: StoryLine[] = [
    {
      key: 'opened',
      at: of.openedAt,
      who: of.cause?.kind === 'drawn' ? t('system') : officer(of.openedBy),
      what: t('opened'),
      why: of.cause?.text,
    },
    ...of.askings.map(({ at, sides, text, answerBy }) => ({
      key: `asked ${at}`,
      at,
      who: t('office'),
      what: t('asked', { sides: sides.map(sideName).join('、') }),
      why: [text, answerBy && t('until', { day: answerBy })].filter(Boolean).join(' · '),
    })),
    ...of.entries.map(({ entry, at, kind, side, by, text, attachments }) => ({
      key: entry,
      at,
      who: kind === 'statement' ? sideName(side) : officer(by),
      what: label('check-entry', kind),
      why: (
        <>
          {text}
          <FileList files={attachments} />
        </>
      ),
    })),
    ...(of.conclusion
      ? [
          {
            key: 'concluded',
            at: of.conclusion.at,
            who: officer(of.conclusion.by),
            what: t('concluded', { result: label('check-result', of.state) }),
            why: of.conclusion.text,
          },
        ]
      : []),
  ];
  return lines.sort((one, other) => (one.at < other.at ? 1 : -1));
}

type FileRefs = { attachments?: Api['AttachmentRef'][] };
const ids = (files: Api['AttachmentRef'][] = []): string[] => files.map(({ id }) => id);

function ActForm({ act, of, onDone }: { act: Act; of: Check; onDone: () => void }) {
  const t = words.use();
  const { account } = useSignedIn();
  const path = { match: of.match, check: of.check };
  const sides = useChoices('check-side');
  const [id] = useState(() => crypto.randomUUID());
  const draft = useDraft<{ text: string } & FileRefs>(`check.${account}.${of.check}.${act}`);
  const done = (): void => {
    draft.forget();
    onDone();
  };
  const ask = useWrite('post', '/api/matches/{match}/checks/{check}/questions', { onDone });
  const find = useWrite('post', '/api/matches/{match}/checks/{check}/findings', { onDone: done });
  const state = useWrite('post', '/api/matches/{match}/checks/{check}/statements', { onDone: done });
  const conclude = useWrite('post', '/api/matches/{match}/checks/{check}/conclusion', { onDone });
  if (act === 'ask') {
    return (
      <WriteForm<Api['AskStatementsForm']>
        initial={{ sides: ['lead', 'supplier'] }}
        onSubmit={(body) => ask.mutate({ path, body })}
        pending={ask.isPending}
        problem={ask.error}
        submit={t('ask')}
        consequence={t('askText')}
      >
        <Field name="sides" label={t('sides')} required>
          <Checkbox.Group options={sides} />
        </Field>
        <Field name="text" label={t('what')}>
          <Input.TextArea rows={4} maxLength={2000} />
        </Field>
        <Field name="answerBy" label={t('answerBy')}>
          <DayInput />
        </Field>
      </WriteForm>
    );
  }
  if (act === 'conclude') {
    return (
      <WriteForm<Api['ConcludeCheckForm']>
        onSubmit={(body) => conclude.mutate({ path, body })}
        pending={conclude.isPending}
        problem={conclude.error}
        submit={t('conclude')}
        consequence={t('concludeText')}
      >
        <Field name="result" label={t('result')} required>
          <ChoiceSelect kind="check-result" values={['clear', 'doubtful', 'untrue']} />
        </Field>
        <Field name="text" label={t('reasons')} required>
          <Input.TextArea rows={5} maxLength={4000} />
        </Field>
      </WriteForm>
    );
  }
  const write = act === 'find' ? find : state;
  return (
    <WriteForm<{ text: string } & FileRefs>
      draft={draft}
      onSubmit={({ text, attachments }) =>
        act === 'find'
          ? find.mutate({ path, body: { finding: id, text, attachments: ids(attachments) } })
          : state.mutate({ path, body: { statement: id, text, attachments: ids(attachments) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t(act)}
      consequence={act === 'state' ? t('stateText') : undefined}
    >
      <Field name="text" label={t('text')} required>
        <Input.TextArea rows={6} maxLength={4000} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
