import { labels } from '@app/labels';
import { PlusOutlined } from '@ant-design/icons';
import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import type { Column } from '../../kit/columns';
import { StateTag, useChoices, useLabels } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { CopyDialog } from './catalogue-copy-dialog';

export type Catalogue = Api['CatalogueView'];

const words = defineWords('catalogue-list', {
  title: ['需求目录', 'Demand catalogues'],
  name: ['目录', 'Catalogue'],
  period: ['需求期间', 'Period'],
  status: ['状态', 'State'],
  lines: ['各状态行数', 'Lines by state'],
  actions: ['操作', 'Actions'],
  copy: ['复制到新一期', 'Copy to a new period'],
  copyNamed: ['复制到新一期：{{title}}', 'Copy to a new period: {{title}}'],
  create: ['新建需求目录', 'New demand catalogue'],
  empty: [
    '还没有需求目录。从 Excel 粘贴需求，几分钟就能发布。',
    'No catalogue yet. Paste your demands from Excel and publish in minutes.',
  ],
  words: ['目录名称', 'Title'],
  from: ['期间自', 'From'],
  to: ['期间至', 'To'],
});

const STATES = ['draft', 'publishing', 'published', 'discarded'];

/** As a line goes through them. */
const LINE_STATES = Object.keys(labels['listing-status'] ?? {});

/** How many lines stand in which state, in words. */
export function LineCounts({ counts }: { counts: Catalogue['counts'] }) {
  const label = useLabels();
  const inOrder = [...(counts ?? [])].sort((a, b) => LINE_STATES.indexOf(a.status) - LINE_STATES.indexOf(b.status));
  return (
    <Space size={[4, 4]} wrap>
      {inOrder.map(({ status, lines }) => (
        <Tag key={status}>
          {label('listing-status', status)} <span className="figure">{lines}</span>
        </Tag>
      ))}
    </Space>
  );
}

/** The firm's demand catalogues, the latest period first. */
export function CatalogueListPage() {
  const t = words.use();
  const states = useChoices('catalogue-status', STATES);
  const [copied, setCopied] = useState<Catalogue>();
  const mayWrite = useSignedIn().party?.innerRole !== 'viewer';
  const columns: Column<Catalogue>[] = [
    { key: 'title', title: t('name'), cell: ({ title }) => title, card: 'head' },
    {
      key: 'period',
      title: t('period'),
      cell: ({ from, to }) => (
        <span className="figure">
          {from} — {to}
        </span>
      ),
      exports: ['from', 'to'],
      orders: { ascend: 'period', descend: '-period' },
    },
    {
      key: 'status',
      title: t('status'),
      cell: ({ status }) => <StateTag kind="catalogue-status" value={status} />,
      card: 'side',
    },
    { key: 'lines', title: t('lines'), cell: ({ counts }) => <LineCounts counts={counts} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            title: t('actions'),
            exports: [],
            cell: (catalogue: Catalogue) =>
              catalogue.status === 'discarded' ? null : (
                <Button
                  size="small"
                  aria-label={t('copyNamed', { title: catalogue.title })}
                  onClick={() => setCopied(catalogue)}
                >
                  {t('copy')}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <ListPage
        name="catalogues"
        title={t('title')}
        path="/api/catalogues"
        asked={{ query: { kind: 'demand' } }}
        columns={columns}
        filters={[
          { key: 'status', label: t('status'), kind: 'choice', options: states },
          { key: 'words', label: t('words'), kind: 'words' },
          { key: 'from', label: t('from'), kind: 'day' },
          { key: 'to', label: t('to'), kind: 'day' },
        ]}
        exports={{ path: '/api/catalogues/export' }}
        rowKey={({ catalogue }) => catalogue}
        rowLink={({ catalogue }) => `/catalogues/${catalogue}`}
        empty={{ text: t('empty'), ...(mayWrite && { action: { to: '/catalogues/new', text: t('create') } }) }}
        actions={
          mayWrite && (
            <Link to="/catalogues/new">
              <Button type="primary" icon={<PlusOutlined aria-hidden />}>
                {t('create')}
              </Button>
            </Link>
          )
        }
      />
      {copied && <CopyDialog source={copied} onClose={() => setCopied(undefined)} />}
    </>
  );
}
