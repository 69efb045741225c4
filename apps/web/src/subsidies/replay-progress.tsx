import { Alert, Button, Popconfirm, Progress } from 'antd';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { Trouble } from '../kit/page-state';

const words = defineWords('replay-progress', {
  waiting: ['前面还有重算，轮到时自动开始', 'Another replay is under way; this one begins when it has ended'],
  reading: ['正在读取记录，已读 {{events}} 件', 'Reading the log: {{events}} events so far'],
  evaluating: [
    '已算 {{evaluated}} / {{applications}} 户，读了 {{events}} 件记录',
    '{{evaluated}} of {{applications}} evaluated, from {{events}} events',
  ],
  leave: ['可以离开本页，重算会继续', 'You may leave this page; the replay goes on'],
  progress: ['重算进度', 'How far the replay is'],
  cancel: ['取消重算', 'Cancel the replay'],
  cancelText: ['已算的结果会丢弃，要看须重新开始', 'What was computed is dropped; to see it, start again'],
  failed: [
    '这次重算没有算完，没有结果。可以重新开始。',
    'This replay did not finish and has no result. Start another.',
  ],
  cancelled: ['这次重算已取消，没有结果。', 'This replay was cancelled and has no result.'],
});

type Replay = Api['ReplayView'];

export const isUnderWay = ({ state }: Pick<Replay, 'state'>): boolean => state === 'waiting' || state === 'running';

/** How far a replay is, and the way to end it; or that it has ended without a result. */
export function ReplayProgress({ of }: { of: Replay }) {
  const t = words.use();
  const cancel = useWrite('post', '/api/replays/{replay}/cancellation');
  const { replay, state, events, evaluated, applications } = of;
  if (!isUnderWay(of)) return <Alert type="warning" showIcon title={t(state === 'failed' ? 'failed' : 'cancelled')} />;
  const text =
    state === 'waiting'
      ? t('waiting')
      : applications === undefined
        ? t('reading', { events: count(events) })
        : t('evaluating', { evaluated: count(evaluated), applications: count(applications), events: count(events) });
  return (
    <section className="panel" aria-label={t('progress')}>
      <p role="status">{text}</p>
      <Progress
        aria-label={t('progress')}
        percent={applications ? Math.floor((100 * evaluated) / applications) : 0}
        status="active"
      />
      <p className="secondary">{t('leave')}</p>
      <Popconfirm
        title={t('cancelText')}
        okText={t('cancel')}
        okButtonProps={{ danger: true }}
        onConfirm={() => cancel.mutate({ path: { replay } })}
      >
        <Button danger loading={cancel.isPending}>
          {t('cancel')}
        </Button>
      </Popconfirm>
      {cancel.error && <Trouble problem={cancel.error} />}
    </section>
  );
}

const count = (number: number): string => withThousands(String(number));
