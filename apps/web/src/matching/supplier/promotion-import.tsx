import { Alert, Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { call, type Api } from '../../api/client';
import { problemOf, type Problem } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { useChoices } from '../../kit/labels';
import { Trouble } from '../../kit/page-state';
import { ImportRows } from './import-rows';

type Import = Api['ImportAnswer'];

const words = defineWords('promotion-import', {
  counted: [
    '{{rows}} 行：{{good}} 行可以导入，{{bad}} 行待改',
    '{{rows}} rows: {{good}} can be taken, {{bad}} to be mended',
  ],
  already: ['{{count}} 行目录里已有', '{{count}} are in the catalogue already'],
  columns: ['列对应', 'Columns'],
  column: ['哪一列', 'Which column'],
  constant: ['没有这一列时，各行都填', 'Without a column, in every row'],
  required: ['必填', 'required'],
  none: ['没有这一列', 'No such column'],
  check: ['按这样重新检查', 'Check again like this'],
  begin: ['导入 {{good}} 个产品', 'Take {{good}} products'],
  beginMeans: ['先存为草稿，发布前还能改', 'They are kept as drafts until you publish them'],
  asks: ['这些行已在目录里，怎么办？', 'These rows are in the catalogue already'],
  running: ['正在导入，可以离开这一页', 'Being taken; you may leave this page'],
  taken: ['已导入 {{count}} 个产品', '{{count}} products taken'],
  refused: ['{{count}} 行没有导入', '{{count}} rows were not taken'],
  publish: ['发布这些产品', 'Publish them'],
  publishMeans: [
    '发布后所有人都能看到，适合的需求会列在“找需求”里',
    'Everybody sees them, and demands that fit are listed for you',
  ],
  published: ['已开始发布', 'Publishing has begun'],
  products: ['看我的产品', 'My products'],
  another: ['换一个文件', 'Another file'],
});

const EVERY = 1_500;

/** One import as it stands: what was read, what is to be mended, and what follows. */
export function PromotionImport({ view }: { view: Import }) {
  const t = words.use();
  const client = useQueryClient();
  const { counts, state } = view;
  useEffect(() => {
    if (state !== 'begun') return undefined;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['/api/imports/{id}'] }), EVERY);
    return () => clearInterval(timer);
  }, [state, client]);
  if (state === 'begun') return <Alert type="info" showIcon role="status" title={t('running')} />;
  if (state === 'ended') return <Taken view={view} />;
  return (
    <>
      <Alert
        type={counts.bad > 0 ? 'warning' : 'success'}
        showIcon
        role="status"
        title={t('counted', { rows: counts.rows, good: counts.good, bad: counts.bad })}
        description={counts.already > 0 && t('already', { count: counts.already })}
      />
      <Columns key={JSON.stringify(view.mapping)} view={view} />
      <ImportRows id={view.import} fields={view.fields} />
      <Begin view={view} />
    </>
  );
}

/** Which column fills which field, and what holds where none does. */
function Columns({ view }: { view: Import }) {
  const t = words.use();
  const client = useQueryClient();
  const [columns, setColumns] = useState<Record<string, string | undefined>>(() =>
    Object.fromEntries(view.mapping.map(({ field, heading }) => [field, heading])),
  );
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(view.constants.map(({ field, text }) => [field, text])),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const check = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const mapping = Object.entries(columns).flatMap(([field, heading]) => (heading ? [{ field, heading }] : []));
      const constants = Object.entries(texts).flatMap(([field, text]) =>
        text.trim() && !columns[field] ? [{ field, text: text.trim() }] : [],
      );
      await call('put', '/api/imports/{id}/mapping', { path: { id: view.import }, body: { mapping, constants } });
      await client.invalidateQueries();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const unfilled = view.fields.some(({ field, required }) => required && !columns[field] && !texts[field]?.trim());
  return (
    <details className="more-fields panel" open={unfilled}>
      <summary>{t('columns')}</summary>
      <dl className="column-map">
        {view.fields.map(({ field, heading, required }) => (
          <div key={field}>
            <dt>
              {heading}
              {required && <span className="secondary"> · {t('required')}</span>}
            </dt>
            <dd>
              <Select
                allowClear
                aria-label={`${heading} ${t('column')}`}
                placeholder={t('none')}
                value={columns[field]}
                options={view.headings.map((one) => ({ value: one, label: one }))}
                onChange={(one: string | undefined) => setColumns({ ...columns, [field]: one })}
              />
              {!columns[field] && (
                <Input
                  aria-label={`${heading} ${t('constant')}`}
                  placeholder={t('constant')}
                  value={texts[field] ?? ''}
                  onChange={({ target }) => setTexts({ ...texts, [field]: target.value })}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {problem && <Trouble problem={problem} />}
      <Button loading={busy} onClick={() => void check()}>
        {t('check')}
      </Button>
    </details>
  );
}

function Begin({ view }: { view: Import }) {
  const t = words.use();
  const language = useLanguage();
  const answers = useChoices('import-answer');
  const [answer, setAnswer] = useState<'skip' | 'new-period'>('skip');
  const write = useWrite('post', '/api/imports/{id}/begin');
  const asks = view.state === 'asks';
  return (
    <div className="form-foot">
      {asks && (
        <label className="stacked">
          {t('asks')}
          <Select value={answer} options={answers} onChange={setAnswer} />
        </label>
      )}
      {write.error && <p role="alert">{write.error[language]}</p>}
      <p className="secondary consequence">{t('beginMeans')}</p>
      <div className="form-actions">
        <Button
          type="primary"
          size="large"
          disabled={view.counts.good === 0}
          loading={write.isPending}
          onClick={() =>
            write.mutate({ path: { id: view.import }, body: { mode: 'good-rows', ...(asks && { answer }) } })
          }
        >
          {t('begin', { good: view.counts.good })}
        </Button>
        <Link to="/promotions/import">
          <Button size="large">{t('another')}</Button>
        </Link>
      </div>
    </div>
  );
}

/** The rows have become drafts of a catalogue: what is left is to publish it. */
function Taken({ view: { counts, catalogue, import: id, fields } }: { view: Import }) {
  const t = words.use();
  const language = useLanguage();
  const [published, setPublished] = useState(false);
  const write = useWrite('post', '/api/catalogues/{catalogue}/publication', { onDone: () => setPublished(true) });
  return (
    <>
      <Alert
        type={counts.refused > 0 ? 'warning' : 'success'}
        showIcon
        role="status"
        title={published ? t('published') : t('taken', { count: counts.taken })}
        description={counts.refused + counts.bad > 0 && t('refused', { count: counts.refused + counts.bad })}
      />
      {counts.refused > 0 && <ImportRows id={id} fields={fields} />}
      {write.error && <p role="alert">{write.error[language]}</p>}
      {published || counts.taken === 0 ? (
        <Link to="/promotions" className="card-link">
          {t('products')}
        </Link>
      ) : (
        <div className="form-foot">
          <p className="secondary consequence">{t('publishMeans')}</p>
          <div className="form-actions">
            <Button
              type="primary"
              size="large"
              loading={write.isPending}
              onClick={() => write.mutate({ path: { catalogue } })}
            >
              {t('publish')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
