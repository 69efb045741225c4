import { Drawer, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useDraft } from '../kit/drafts';
import { DayInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { endOfKnownDay } from './replay-days';
import { usePolicyVersions, versionOf } from './replay-policies';

const words = defineWords('replay-start', {
  title: ['重算两个版本', 'Replay two versions'],
  a: ['版本甲', 'Version A'],
  b: ['版本乙', 'Version B'],
  bHelp: ['与版本甲比较，扶持对象须相同', 'Compared with A; it must support the same beneficiaries'],
  asOf: ['事实截至', 'Facts up to'],
  asOfHelp: [
    '这一天之后发生的不计入；不填即“按哪一天所知”的当天',
    'What happened after that day does not count; if left empty, the day as known on',
  ],
  known: ['按哪一天所知', 'As known on'],
  knownHelp: [
    '这一天之后才记录的都当作不存在；不填即现在',
    'What was recorded after that day does not exist; if left empty, now',
  ],
  covers: ['覆盖', 'Covers'],
  round: ['批次', 'Round'],
  everyRound: ['两个政策的全部批次', 'Every round of the two policies'],
  start: ['开始重算', 'Start the replay'],
  started: [
    '只计算和比较，不改变任何申报；市级工信、财政和审计都能看到结果',
    'It only computes and compares, and changes no claim. The bureau, city finance and the auditor see what comes out.',
  ],
});

type Typed = {
  readonly a?: string;
  readonly b?: string;
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly covers?: 'claims' | 'firms';
  readonly round?: string;
};

/** Starts a replay, and goes to its page. */
export function ReplayStart({ onClose }: { onClose: () => void }) {
  const t = words.use();
  const go = useNavigate();
  const [replay] = useState(() => crypto.randomUUID());
  const draft = useDraft<Typed>('replay');
  const [form] = Form.useForm<Typed>();
  const chosen = Form.useWatch('a', form);
  const other = Form.useWatch('b', form);
  const schemes = [chosen, other].flatMap((key) => (key ? [versionOf(key).scheme] : []));
  const { published, isPending } = usePolicyVersions();
  const rounds = useGet('/api/rounds', {}, { staleTime: 600_000 });
  const beneficiary = published.find(({ key }) => key === chosen)?.beneficiary;
  const comparable = published.filter((one) => beneficiary === undefined || one.beneficiary === beneficiary);
  const write = useWrite('post', '/api/replays', {
    onDone: ({ replay: started }) => {
      draft.forget();
      void go(`/replays/${started}`);
    },
  });
  const send = ({ a, b, knownOn, asOf, covers, round }: Typed): void => {
    const knownAt = endOfKnownDay(knownOn, dayText(new Date(platformNow())));
    write.mutate({
      body: {
        ...{ replay, a: versionOf(a), b: versionOf(b) },
        ...(asOf && { asOf }),
        ...(knownAt && { knownAt }),
        ...(covers && { covers }),
        ...(round && { round }),
      },
    });
  };
  return (
    <Drawer open title={t('title')} size={560} onClose={onClose} destroyOnHidden>
      <WriteForm<Typed>
        form={form}
        initial={{ covers: 'claims' }}
        draft={draft}
        onSubmit={send}
        pending={write.isPending}
        problem={write.error}
        submit={t('start')}
        consequence={t('started')}
      >
        <Field name="a" label={t('a')} required>
          <Select options={published.map(optionOf)} loading={isPending} />
        </Field>
        <Field name="b" label={t('b')} help={t('bHelp')} required>
          <Select options={comparable.filter(({ key }) => key !== chosen).map(optionOf)} loading={isPending} />
        </Field>
        <Field name="asOf" label={t('asOf')} help={t('asOfHelp')}>
          <DayInput />
        </Field>
        <Field name="knownOn" label={t('known')} help={t('knownHelp')}>
          <DayInput />
        </Field>
        <Field name="covers" label={t('covers')} required>
          <Radio.Group options={useChoices('replay-covers')} />
        </Field>
        <Field name="round" label={t('round')}>
          <Select
            allowClear
            placeholder={t('everyRound')}
            loading={rounds.isPending}
            options={rounds.data?.items
              .filter(({ policy: { scheme } }) => schemes.length === 0 || schemes.includes(scheme))
              .map(({ round, name }) => ({ value: round, label: name }))}
          />
        </Field>
      </WriteForm>
    </Drawer>
  );
}

const optionOf = ({ key, name }: { key: string; name: string }) => ({ value: key, label: name });
