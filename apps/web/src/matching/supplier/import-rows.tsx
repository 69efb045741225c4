import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Space } from 'antd';
import { useState } from 'react';
import { call, type Api } from '../../api/client';
import { problemOf, type Problem } from '../../api/problem';
import { useList } from '../../api/queries';
import { defineWords, useLanguage } from '../../app/language';
import { StateTag } from '../../kit/labels';
import { Trouble } from '../../kit/page-state';

type Row = Api['ImportRowAnswer'];
type Fields = Api['ImportAnswer']['fields'];

const words = defineWords('import-rows', {
  title: ['待改的行', 'Rows to mend'],
  row: ['第 {{row}} 行', 'Row {{row}}'],
  mend: ['改好', 'Mended'],
  leaveOut: ['这行不要', 'Leave it out'],
  suggestion: ['改成“{{text}}”', 'Make it “{{text}}”'],
  more: ['再显示一些', 'Show more'],
});

const MOST = 50;

/** Rows that cannot be taken, each mended in place: what is wrong stands at its cell. */
export function ImportRows({ id, fields }: { id: string; fields: Fields }) {
  const t = words.use();
  const asked = { path: { id }, query: { show: 'bad' } } as const;
  const list = useList('/api/imports/{id}/rows', asked, { limit: MOST });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.error) return <Trouble problem={problemOf(list.error)} again={() => void list.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.row} className="panel">
            <Mending id={id} row={row} fields={fields} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Mending({ id, row, fields }: { id: string; row: Row; fields: Fields }) {
  const t = words.use();
  const language = useLanguage();
  const client = useQueryClient();
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const wrong = [...new Set([...row.faults, ...row.doubts].map(({ field }) => field))].filter((field) => field !== '');
  const textOf = (field: string): string => row.cells.find((cell) => cell.field === field)?.text ?? '';
  const headingOf = (field: string): string => fields.find((one) => one.field === field)?.heading ?? field;
  const send = async (body: Api['MendingForm']): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call('put', '/api/imports/{id}/rows/{row}', { path: { id, row: String(row.row) }, body });
      await client.invalidateQueries();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const cells = wrong.map((field) => ({ field, text: (texts[field] ?? textOf(field)).trim() }));
        void send({ cells: cells.map(({ field, text }) => (text === '' ? { field } : { field, text })) });
      }}
      className="stacked-parts"
    >
      <div>
        <strong>{t('row', { row: row.row })}</strong> {textOf('product')}{' '}
        <StateTag kind="import-row-state" value={row.state} />
      </div>
      {wrong.map((field) => (
        <label key={field} className="stacked">
          {headingOf(field)}
          <Input
            value={texts[field] ?? textOf(field)}
            onChange={({ target }) => setTexts({ ...texts, [field]: target.value })}
          />
          {row.faults
            .filter((fault) => fault.field === field)
            .map((fault) => (
              <span key={fault.code} className="late">
                {fault[language]}
              </span>
            ))}
          {row.doubts
            .filter((doubt) => doubt.field === field)
            .map((doubt) => (
              <Button
                key={doubt.code}
                type="link"
                onClick={() => void send({ cells: [{ field, text: doubt.suggestion }] })}
              >
                {t('suggestion', { text: doubt.suggestion })}
              </Button>
            ))}
        </label>
      ))}
      {row.faults
        .filter(({ field }) => field === '')
        .map((fault) => (
          <span key={fault.code} className="late">
            {fault[language]}
          </span>
        ))}
      {problem && <Trouble problem={problem} />}
      <Space wrap>
        <Button htmlType="submit" loading={busy}>
          {t('mend')}
        </Button>
        <Button type="link" disabled={busy} onClick={() => void send({ leftOut: true })}>
          {t('leaveOut')}
        </Button>
      </Space>
    </form>
  );
}
