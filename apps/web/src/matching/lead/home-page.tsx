import { Button, Card, Typography } from 'antd';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useStanding } from '../../app/session';
import { grouped } from '../../kit/grouped';
import { useLabels } from '../../kit/labels';
import { Nothing, Read } from '../../kit/page-state';
import { Clock, dayText, platformNow } from '../../kit/time';
import { placeOf } from './home-links';

type ToDo = Api['ToDoView'];

const words = defineWords('home', {
  title: ['待办', 'To do'],
  count: ['{{count}} 件', '{{count}} in all'],
  today: ['24 小时内到期', 'Within 24 hours'],
  later: ['有期限', 'With a time limit'],
  open: ['没有期限', 'Without a time limit'],
  past: ['已逾期', 'Overdue'],
  items: ['{{count}} 项', '{{count}}'],
  since: ['{{day}} 起', 'since {{day}}'],
  none: ['现在没有待办', 'Nothing waits for you'],
  noneLead: [
    '现在没有待办。需求目录发布后，要您处理的事会出现在这里。',
    'Nothing waits for you. What your catalogues need will stand here.',
  ],
  create: ['新建需求目录', 'New demand catalogue'],
});

const DAY = 86_400_000;
const GROUPS = ['past', 'today', 'later', 'open'] as const;

function groupOf({ due }: ToDo, now: number): (typeof GROUPS)[number] {
  if (due === undefined) return 'open';
  const rest = new Date(due).getTime() - now;
  return rest <= 0 ? 'past' : rest <= DAY ? 'today' : 'later';
}

/** What waits for whoever is signed in, by its clock: a lead firm's people and the offices alike. */
export function HomePage() {
  const t = words.use();
  const list = useGet('/api/to-do', {});
  const standing = useStanding();
  const makesCatalogues = (standing?.lead ?? false) && standing?.me?.party?.innerRole !== 'viewer';
  return (
    <section className="page-part list-page">
      <div className="list-head">
        <Typography.Title level={1}>
          {t('title')}
          {list.data && list.data.items.length > 0 && (
            <span className="secondary to-do-count">{t('count', { count: list.data.items.length })}</span>
          )}
        </Typography.Title>
        {makesCatalogues && (
          <Link to="/catalogues/new">
            <Button type="primary">{t('create')}</Button>
          </Link>
        )}
      </div>
      <Read query={list}>
        {({ items }) => {
          if (items.length === 0) return <Nothing text={t(standing?.lead ? 'noneLead' : 'none')} />;
          const groups = grouped(items, (item) => groupOf(item, platformNow()));
          return GROUPS.map((group) => {
            const some = groups.get(group);
            if (!some) return null;
            return (
              <section key={group} aria-label={t(group)}>
                <Typography.Title level={2}>{t(group)}</Typography.Title>
                <ul className="cards">
                  {some.map((item) => (
                    <li key={`${item.kind} ${Object.values(item.link).join(' ')}`}>
                      <Waiting item={item} />
                    </li>
                  ))}
                </ul>
              </section>
            );
          });
        }}
      </Read>
    </section>
  );
}

function Waiting({ item: { kind, items = 1, subject, firm, link, due, since } }: { item: ToDo }) {
  const t = words.use();
  const label = useLabels();
  return (
    <Link to={placeOf(kind, link)} className="to-do">
      <Card size="small" hoverable>
        <div className="to-do-line">
          <span className="to-do-what">
            <strong>{label('to-do', kind)}</strong>
            {items > 1 && <span className="secondary figure">{t('items', { count: items })}</span>}
          </span>
          <span className="to-do-subject">
            {subject}
            {firm && <span className="secondary">{firm}</span>}
          </span>
          <span className="to-do-clock">
            {due !== undefined ? (
              <Clock due={due} />
            ) : (
              since !== undefined && <span className="secondary">{t('since', { day: dayText(since) })}</span>
            )}
          </span>
        </div>
      </Card>
    </Link>
  );
}
