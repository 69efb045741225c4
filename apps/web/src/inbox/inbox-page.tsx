import { Button, Space, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Moment } from '../kit/time';

const words = defineWords('inbox', {
  title: ['消息', 'Messages'],
  what: ['内容', 'What'],
  kind: ['类别', 'Kind'],
  at: ['时间', 'When'],
  sent: ['送达', 'Delivery'],
  open: ['打开', 'Open'],
  read: ['标为已读', 'Mark as read'],
  allRead: ['全部标为已读', 'Mark all as read'],
  unread: ['只看未读', 'Unread only'],
  unreadMark: ['未读', 'Unread'],
  empty: ['没有消息。需要您处理的事会出现在这里。', 'No messages. What needs you will appear here.'],
});

type Message = Api['MessageView'];

/** One's own messages, the newest first, each with how far it got. */
export function InboxPage() {
  const t = words.use();
  const language = useLanguage();
  const label = useLabels();
  const kinds = useChoices('message-kind');
  const go = useNavigate();
  const read = useWrite('post', '/api/inbox/{messageId}/read');
  const readAll = useWrite('post', '/api/inbox/read');
  const open = ({ id, link, read: isRead }: Message): void => {
    if (!isRead) read.mutate({ path: { messageId: id } });
    if (link) void go(link);
  };
  return (
    <ListPage
      name="inbox"
      title={t('title')}
      path="/api/inbox"
      actions={
        <Button onClick={() => readAll.mutate({})} loading={readAll.isPending}>
          {t('allRead')}
        </Button>
      }
      filters={[
        { key: 'show', label: t('unread'), kind: 'choice', options: [{ value: 'unread', label: t('unread') }] },
        { key: 'kind', label: t('kind'), kind: 'choice', options: kinds },
      ]}
      rowKey={({ id }) => id}
      empty={{ text: t('empty') }}
      columns={[
        {
          key: 'what',
          title: t('what'),
          card: 'head',
          cell: (message) => (
            <div className="message">
              <div>
                {!message.read && <Tag color="processing">{t('unreadMark')}</Tag>}
                <strong>{message.title[language]}</strong>
              </div>
              <div className="message-body">{message.body[language]}</div>
              {message.lines.length > 0 && (
                <ul className="faults">
                  {message.lines.map(({ title, link }) => (
                    <li key={link + title.zh}>
                      <Link to={link}>{title[language]}</Link>
                    </li>
                  ))}
                </ul>
              )}
              <Space>
                {message.link && (
                  <Button type="primary" onClick={() => open(message)}>
                    {t('open')}
                  </Button>
                )}
                {!message.read && (
                  <Button onClick={() => read.mutate({ path: { messageId: message.id } })}>{t('read')}</Button>
                )}
              </Space>
            </div>
          ),
        },
        { key: 'at', title: t('at'), cell: ({ madeAt }) => <Moment at={madeAt} />, width: 150 },
        {
          key: 'sent',
          title: t('sent'),
          cell: ({ deliveries }) => (
            <ul className="plain">
              {deliveries.map(({ channel, state, reason }) => (
                <li key={channel}>
                  {label('delivery-channel', channel)} {label('delivery-state', state)}
                  {reason && ` · ${label('delivery-reason', reason)}`}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
