import { Alert, Button, Progress, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { problemOf, type Problem } from '../../api/problem';
import { defineWords, useLanguage } from '../../app/language';
import { Trouble } from '../../kit/page-state';
import { afterwards } from './catalogue-terms';
import type { Making } from './import-start';
import { finish, useRows, type Import } from './import-work';

const words = defineWords('import-run', {
  title: ['正在收入目录', 'Taking the lines in'],
  rows: ['已收入 {{done}} / {{of}} 行', '{{done}} of {{of}} rows taken'],
  terms: ['正在设置条件 {{done}} / {{of}}', 'Setting terms {{done}} of {{of}}'],
  leave: [
    '可以离开这个页面，收入会继续；回来时接着显示。',
    'You may leave this page: it goes on, and you find it again.',
  ],
  refused: ['{{count}} 行没有收入', '{{count}} rows were not taken'],
  row: ['第 {{row}} 行：', 'Row {{row}}: '],
  on: ['继续，查看目录', 'Go on to the catalogue'],
  bar: ['收入进度', 'Progress'],
});

/** While the rows become drafts, and what is then still to be written into them. */
export function ImportRun({ making, staged }: { making: Making; staged: Import }) {
  const t = words.use();
  const go = useNavigate();
  const client = useQueryClient();
  const { now, forget } = making;
  const { counts, state } = staged;
  const [step, setStep] = useState<{ done: number; of: number }>();
  const [problem, setProblem] = useState<Problem>();
  const [tries, setTries] = useState(0);
  const [isFinished, setFinished] = useState(false);
  const started = useRef(false);
  const latest = useRef(making);
  useEffect(() => {
    latest.current = making;
  });
  useEffect(() => {
    if (state !== 'ended' || started.current) return;
    started.current = true;
    const { now: of } = latest.current;
    finish(of, staged, afterwards(of.common), (done, whole) => setStep({ done, of: whole }))
      .then(() => setFinished(true))
      .catch((error: unknown) => {
        started.current = false;
        setProblem(problemOf(error));
      });
  }, [state, staged, tries]);
  const again = (): void => {
    setProblem(undefined);
    setTries(tries + 1);
  };
  const open = (): void => {
    forget();
    void client.invalidateQueries();
    void go(`/catalogues/${now.catalogue}`, { replace: true });
  };
  const isClean = isFinished && counts.refused === 0;
  const opened = useRef(false);
  useEffect(() => {
    if (!isClean || opened.current) return;
    opened.current = true;
    open();
  });
  const whole = counts.taken + counts.refused + (state === 'begun' ? counts.good : 0);
  const done = counts.taken + counts.refused;
  return (
    <section className="page-part list-page" aria-busy={!isFinished && !problem}>
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <Progress
        aria-label={t('bar')}
        percent={step ? percent(step) : percent({ done, of: whole })}
        status={isFinished ? 'success' : 'active'}
      />
      <p role="status">{step ? t('terms', step) : t('rows', { done, of: whole })}</p>
      {!isFinished && <p className="secondary">{t('leave')}</p>}
      {problem && <Trouble problem={problem} again={again} />}
      {isFinished && counts.refused > 0 && (
        <>
          <RefusedRows id={staged.import} count={counts.refused} />
          <div>
            <Button type="primary" size="large" onClick={open}>
              {t('on')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

const percent = ({ done, of }: { done: number; of: number }): number =>
  of === 0 ? 100 : Math.floor((done / of) * 100);

function RefusedRows({ id, count }: { id: string; count: number }) {
  const t = words.use();
  const language = useLanguage();
  const { data } = useRows(id, 'refused');
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Alert
      type="warning"
      showIcon
      title={t('refused', { count })}
      description={
        <ul className="faults">
          {rows.map(({ row, faults }) => (
            <li key={row}>
              {t('row', { row })}
              {faults.map((fault) => fault[language]).join('；')}
            </li>
          ))}
        </ul>
      }
    />
  );
}
