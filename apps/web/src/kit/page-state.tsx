import { Alert, Button, Empty, Skeleton } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useRouteError } from 'react-router';
import { problemOf, type Problem } from '../api/problem';
import { defineWords, useLanguage } from '../app/language';

const words = defineWords('page-state', {
  loading: ['正在读取…', 'Loading…'],
  again: ['再试一次', 'Try again'],
  reload: ['刷新页面', 'Reload the page'],
  outdated: ['页面已更新，请刷新', 'The app was updated: reload the page'],
});

/** While something is read: the shape of a page, no spinner. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const t = words.use();
  return (
    <div role="status" aria-label={t('loading')} className="page-part">
      <Skeleton active title paragraph={{ rows }} />
    </div>
  );
}

/** A refusal or failure in the reader's language, with a way on. */
export function Trouble({ problem, again }: { problem: Problem; again?: () => void }) {
  const t = words.use();
  const language = useLanguage();
  return (
    <Alert
      type={problem.passes ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={problem[language]}
      description={
        problem.errors.length > 0 ? (
          <ul className="faults">
            {problem.errors.map((fault) => (
              <li key={`${fault.field} ${fault.rule}`}>{fault[language]}</li>
            ))}
          </ul>
        ) : undefined
      }
      action={again && <Button onClick={again}>{t('again')}</Button>}
    />
  );
}

/** Nothing to show, and what to do about it. */
export function Nothing({ text, action }: { text: ReactNode; action?: { to: string; text: string } }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="secondary">{text}</span>}>
      {action && (
        <Link to={action.to}>
          <Button type="primary">{action.text}</Button>
        </Link>
      )}
    </Empty>
  );
}

type Shown<T> = { readonly query: UseQueryResult<T, Problem>; readonly children: (data: T) => ReactNode };

/** What a read gave, or its loading or its trouble. What is already shown stays while it is read again. */
export function Read<T>({ query, children }: Shown<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Trouble problem={problemOf(query.error)} again={() => void query.refetch()} />;
  return <Loading />;
}

/** For a route that failed: usually a page from before an update asks for a chunk that is gone. */
export function Failed() {
  const t = words.use();
  const error = useRouteError();
  const outdated = error instanceof TypeError && /dynamically imported|module script/i.test(error.message);
  const language = useLanguage();
  return (
    <div className="page-part">
      <Alert
        type="error"
        showIcon
        role="alert"
        title={outdated ? t('outdated') : problemOf(error)[language]}
        action={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}
      />
    </div>
  );
}
