import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { StateTag } from '../kit/labels';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { LeadListForm } from './lead-list-form';

const words = defineWords('lead-lists', {
  title: ['龙头企业名单', 'Lists of lead firms'],
  intro: [
    '是否龙头企业，看某天是否在当时有效的名单上；名单按版本公布，不改旧版。',
    'Whether a firm leads is a question about a day and the lists valid then; a published version never changes.',
  ],
  name: ['名单', 'List'],
  document: ['文号', 'Document'],
  valid: ['有效期', 'Valid'],
  published: ['公布日期', 'Published'],
  size: ['企业数', 'Firms'],
  state: ['状态', 'State'],
  new: ['起草新名单', 'Draft a list'],
  none: ['还没有公布名单', 'No list was published yet'],
});

/** Versions of the list, as the public sees them; the bureau sees drafts too. */
export function LeadListsPage() {
  const t = words.use();
  const standing = useStanding();
  const go = useNavigate();
  const lists = useGet('/api/lead-lists', {});
  const [open, setOpen] = useState(false);
  return (
    <section className="page-part list-page">
      <div className="list-head">
        <h1>{t('title')}</h1>
        {standing?.city && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('new')}
          </Button>
        )}
      </div>
      <p className="secondary">{t('intro')}</p>
      <Read query={lists}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('none')} />
          ) : (
            <Rows<Api['LeadListLine']>
              caption={t('title')}
              items={items}
              rowKey={({ list }) => list}
              columns={[
                {
                  key: 'title',
                  title: t('name'),
                  card: 'head',
                  cell: ({ list, title }) => <Link to={`/lead-lists/${list}`}>{title}</Link>,
                },
                { key: 'document', title: t('document'), cell: ({ document }) => document },
                {
                  key: 'valid',
                  title: t('valid'),
                  cell: ({ from, to }) => <span className="figure">{`${from} – ${to}`}</span>,
                },
                { key: 'published', title: t('published'), cell: ({ publishedOn }) => publishedOn },
                { key: 'size', title: t('size'), figure: true, cell: ({ size }) => size },
                {
                  key: 'state',
                  title: t('state'),
                  card: 'side',
                  cell: ({ state }) => <StateTag kind="lead-list-state" value={state} />,
                },
              ]}
            />
          )
        }
      </Read>
      <Modal open={open} title={t('new')} width={720} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <LeadListForm onDone={(list) => void go(`/lead-lists/${list}`)} />
      </Modal>
    </section>
  );
}
