import { Button, Space, Timeline, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { defineWords } from '../app/language';
import { Moment } from './time';

const words = defineWords('object', {
  story: ['经过', 'Story'],
  holder: ['现在由{{who}}处理', 'Now with {{who}}'],
  noStory: ['还没有记录', 'Nothing recorded yet'],
});

export type NextStep = {
  /** Of the primary button; without it nothing is waited for, and what else may be done stands alone. */
  readonly text?: string;
  /** What pressing it will do, in a line. */
  readonly consequence?: ReactNode;
  readonly onPress?: () => void;
  readonly to?: string;
  readonly pending?: boolean;
  readonly disabled?: boolean;
  readonly more?: ReactNode;
};

type ObjectPageProps = {
  readonly title: ReactNode;
  /** Above the title: what kind of thing it is, and what it belongs to. */
  readonly kind?: ReactNode;
  readonly state?: ReactNode;
  /** Who has it now. */
  readonly holder?: string;
  readonly clock?: ReactNode;
  /** One primary action, and beside it those that are seldom wanted. */
  readonly next?: NextStep;
  readonly children: ReactNode;
  readonly story?: readonly StoryLine[];
};

/** The page of one thing: head, next step, body, story, always in the same places. */
export function ObjectPage({ title, kind, state, holder, clock, next, children, story }: ObjectPageProps) {
  const t = words.use();
  return (
    <article className="page-part object-page">
      <header className="object-head">
        {kind && <div className="secondary">{kind}</div>}
        <Space wrap align="center" size={[12, 4]}>
          <Typography.Title level={1}>{title}</Typography.Title>
          {state}
        </Space>
        {(holder ?? clock) && (
          <Space wrap size={[16, 4]} className="object-marks">
            {holder && <span>{t('holder', { who: holder })}</span>}
            {clock}
          </Space>
        )}
      </header>
      {next && <Next {...next} />}
      <div className="object-body">{children}</div>
      {story && (
        <section className="object-story" aria-label={t('story')}>
          <Typography.Title level={2}>{t('story')}</Typography.Title>
          {story.length === 0 ? <p className="secondary">{t('noStory')}</p> : <Story lines={story} />}
        </section>
      )}
    </article>
  );
}

function Next({ text, consequence, onPress, to, pending, disabled, more }: NextStep) {
  const button = (
    <Button type="primary" size="large" onClick={onPress} loading={pending} disabled={disabled}>
      {text}
    </Button>
  );
  return (
    <div className="next-step no-print">
      <Space wrap>
        {text !== undefined && (to ? <Link to={to}>{button}</Link> : button)}
        {more}
      </Space>
      {consequence && <p className="secondary consequence">{consequence}</p>}
    </div>
  );
}

/** One event of a story: when, who, what, why. */
export type StoryLine = {
  readonly key: string;
  readonly at: string;
  readonly who: ReactNode;
  readonly what: ReactNode;
  readonly why?: ReactNode;
};

/** What happened, the latest first. */
export function Story({ lines }: { lines: readonly StoryLine[] }) {
  return (
    <Timeline
      items={lines.map(({ key, at, who, what, why }) => ({
        key,
        content: (
          <div>
            <div>
              <strong>{what}</strong>
            </div>
            <div className="secondary">
              <Moment at={at} /> · {who}
            </div>
            {why && <div>{why}</div>}
          </div>
        ),
      }))}
    />
  );
}

/** Named facts in two columns on a desktop and one on a phone. Empty ones are left out. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
