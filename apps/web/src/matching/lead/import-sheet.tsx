import { App, Button, Collapse, Form, Input, Radio, Segmented, Space, Typography } from 'antd';
import { useState } from 'react';
import { problemOf } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { DayInput } from '../../kit/inputs';
import { Loading, Nothing, Trouble } from '../../kit/page-state';
import { SavedAt } from '../../kit/saved-at';
import { cleaned, COMMON, missingOf, type Terms } from './catalogue-terms';
import { CommonTermsFields } from './catalogue-terms-fields';
import { termWords } from './catalogue-words';
import { SheetTable } from './import-table';
import type { Making } from './import-start';
import { useCommonTerms, useRows, type Import, type Row, type Shown } from './import-work';

const words = defineWords('import-sheet', {
  title: ['新建需求目录', 'New demand catalogue'],
  more: ['添加到“{{title}}”', 'Add to "{{title}}"'],
  name: ['目录名称', 'Title'],
  from: ['期间自', 'From'],
  to: ['期间至', 'To'],
  again: ['换一份表', 'Another table'],
  againAsk: [
    '放下这份表，重新粘贴或上传？已修改的格子不保留。',
    'Put this table aside and begin anew? What you mended in it is lost.',
  ],
  cancel: ['取消', 'Cancel'],
  common: ['全部行的条件', 'Terms for all lines'],
  commonHelp: ['表中某行自己写了的，以该行为准。', 'Where a row states its own, the row counts.'],
  commonLacks: ['还没填：{{fields}}', 'Not set yet: {{fields}}'],
  commonWhole: ['都已填写', 'All set'],
  saving: ['正在保存条件…', 'Saving the terms…'],
  all: ['全部 {{count}}', 'All {{count}}'],
  bad: ['待改 {{count}}', 'To mend {{count}}'],
  doubtful: ['存疑 {{count}}', 'Doubtful {{count}}'],
  leftOut: ['不收入 {{count}}', 'Left out {{count}}'],
  already: ['已在目录 {{count}}', 'Here already {{count}}'],
  show: ['显示', 'Show'],
  counts: ['{{good}} 好 · {{bad}} 待改', '{{good}} good · {{bad}} to mend'],
  countsMore: ['{{out}} 不收入', '{{out}} left out'],
  alreadyHere: [
    '{{count}} 行本目录已有，不会重复收入',
    '{{count}} rows are in this catalogue already and are not taken twice',
  ],
  asks: [
    '大部分行已在贵企业的另一份目录中。这一次：',
    'Most rows stand in another catalogue of your firm already. This time:',
  ],
  skip: ['跳过已有的行', 'Skip what stands already'],
  newPeriod: ['作为新一期，全部收入', 'Take all for a new period'],
  take: ['收入 {{count}} 行，下一步预览', 'Take {{count}} lines and preview'],
  takeHelp: [
    '成为草稿，只有贵企业能看到；发布在下一步。',
    'They become drafts that only your firm sees; publication is the next step. ',
  ],
  takeBad: ['待改的 {{count}} 行不收入。', 'The {{count}} rows to mend are not taken.'],
  none: ['没有这样的行', 'No such rows'],
  moreRows: ['再显示一些', 'Show more'],
});

/** The table as it came: columns re-assigned, cells mended in place, terms for all lines above it, then taken. */
export function ImportSheet({ making, staged, isNew }: { making: Making; staged: Import; isNew: boolean }) {
  const t = words.use();
  const language = useLanguage();
  const { modal, message } = App.useApp();
  const { now, change, savedAt } = making;
  const { counts } = staged;
  const [show, setShow] = useState<Shown>(counts.rows > 200 && counts.bad > 0 ? 'bad' : 'all');
  const [answer, setAnswer] = useState<'skip' | 'new-period'>();
  const rows = useRows(staged.import, show);
  const common = useCommonTerms(staged, now.common);
  const asks = staged.state === 'asks';
  const begin = useWrite('post', '/api/imports/{id}/begin');
  const startOver = (): void =>
    void modal.confirm({
      title: t('again'),
      content: t('againAsk'),
      okText: t('again'),
      cancelText: t('cancel'),
      onOk: () => change({ import: undefined, staged: undefined, ...(isNew && { catalogue: crypto.randomUUID() }) }),
    });
  const items: Row[] = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="page-part list-page import-sheet">
      <div className="list-head">
        <Typography.Title level={1}>{isNew ? t('title') : t('more', { title: now.head.title })}</Typography.Title>
        <Button onClick={startOver}>{t('again')}</Button>
      </div>
      {isNew && <Head making={making} />}
      <Common making={making} />
      <Segmented<Shown>
        aria-label={t('show')}
        value={show}
        onChange={setShow}
        options={shownOptions(staged, (key, count) => t(key, { count }))}
      />
      {rows.error && <Trouble problem={problemOf(rows.error)} again={() => void rows.refetch()} />}
      {rows.isPending && <Loading rows={8} />}
      {rows.data && items.length === 0 && <Nothing text={t('none')} />}
      {items.length > 0 && (
        <SheetTable
          staged={staged}
          rows={items}
          year={now.head.from.slice(0, 4)}
          onProblem={(p) => void message.error(p[language])}
        />
      )}
      {rows.hasNextPage && (
        <Button onClick={() => void rows.fetchNextPage()} loading={rows.isFetchingNextPage}>
          {t('moreRows')}
        </Button>
      )}
      {common.problem && <Trouble problem={common.problem} />}
      <div className="bottom-bar">
        {asks && (
          <div role="group" aria-label={t('asks')} className="bar-question">
            <span>{t('asks')}</span>
            <Radio.Group
              value={answer}
              onChange={({ target }) => setAnswer(target.value as 'skip' | 'new-period')}
              options={[
                { value: 'skip', label: t('skip') },
                { value: 'new-period', label: t('newPeriod') },
              ]}
            />
          </div>
        )}
        {counts.already > 0 && <span className="secondary">{t('alreadyHere', { count: counts.already })}</span>}
        {begin.error && <Trouble problem={begin.error} />}
        <div className="bar-line">
          <strong role="status" className="figure">
            {t('counts', { good: counts.good, bad: counts.bad })}
            {counts.leftOut > 0 && ` · ${t('countsMore', { out: counts.leftOut })}`}
          </strong>
          <span className="secondary bar-help">
            {t('takeHelp')}
            {counts.bad > 0 && t('takeBad', { count: counts.bad })}
          </span>
          <span className="secondary" role="status">
            {!common.isTaken ? t('saving') : savedAt !== undefined && <SavedAt at={savedAt} />}
          </span>
          <Button
            type="primary"
            size="large"
            loading={begin.isPending}
            disabled={counts.good === 0 || !common.isTaken || (asks && answer === undefined)}
            onClick={() =>
              begin.mutate({
                path: { id: staged.import },
                body: { mode: 'good-rows', ...(asks && answer && { answer }) },
              })
            }
          >
            {t('take', { count: counts.good })}
          </Button>
        </div>
      </div>
    </section>
  );
}

type Key = 'all' | 'bad' | 'doubtful' | 'leftOut' | 'already';

function shownOptions({ counts }: Import, text: (key: Key, count: number) => string) {
  const chips: { value: Shown; key: Key; count: number }[] = [
    { value: 'all', key: 'all', count: counts.rows },
    { value: 'bad', key: 'bad', count: counts.bad },
    { value: 'doubtful', key: 'doubtful', count: counts.doubtful },
    { value: 'left-out', key: 'leftOut', count: counts.leftOut },
    { value: 'already', key: 'already', count: counts.already },
  ];
  return chips
    .filter(({ value, count }) => value === 'all' || count > 0)
    .map(({ value, key, count }) => ({ value, label: text(key, count) }));
}

/** Title and period, which may still change. */
function Head({ making: { now, change } }: { making: Making }) {
  const t = words.use();
  const { head } = now;
  const set = (some: Partial<typeof head>): void => change({ head: { ...head, ...some } });
  return (
    <Space wrap className="import-head">
      <label>
        <span className="secondary">{t('name')}</span>
        <Input value={head.title} maxLength={200} onChange={({ target }) => set({ title: target.value })} />
      </label>
      <label>
        <span className="secondary">{t('from')}</span>
        <DayInput label={t('from')} value={head.from} onChange={(from) => from && set({ from })} />
      </label>
      <label>
        <span className="secondary">{t('to')}</span>
        <DayInput label={t('to')} value={head.to} onChange={(to) => to && set({ to })} />
      </label>
    </Space>
  );
}

/** Terms for all lines, once. */
function Common({ making: { now, change } }: { making: Making }) {
  const t = words.use();
  const term = termWords.use();
  const [form] = Form.useForm<{ terms: Partial<Terms> }>();
  const common: readonly string[] = COMMON;
  const missing = missingOf(now.common).filter((field) => common.includes(field));
  return (
    <Collapse
      defaultActiveKey={['common']}
      items={[
        {
          key: 'common',
          label: (
            <Space wrap>
              <strong>{t('common')}</strong>
              <span className="secondary">
                {missing.length > 0
                  ? t('commonLacks', { fields: missing.map((field) => term(field)).join(term('comma')) })
                  : t('commonWhole')}
              </span>
            </Space>
          ),
          forceRender: true,
          children: (
            <Form
              form={form}
              layout="vertical"
              initialValues={{ terms: now.common }}
              onValuesChange={(_, { terms }: { terms: Partial<Terms> }) => change({ common: cleaned(terms) })}
              className="lead-common"
            >
              <p className="secondary">{t('commonHelp')}</p>
              <CommonTermsFields />
            </Form>
          ),
        },
      ]}
    />
  );
}
