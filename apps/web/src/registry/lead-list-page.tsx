import { Button, Input, Modal, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { ExportMenu } from '../kit/export-menu';
import { DayInput } from '../kit/inputs';
import { StateTag } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { LeadListForm } from './lead-list-form';
import { firmsOfText } from './pasted-firms';

const words = defineWords('lead-list', {
  kind: ['龙头企业名单', 'List of lead firms'],
  document: ['文号', 'Document'],
  valid: ['有效期', 'Valid'],
  published: ['公布日期', 'Published'],
  firms: ['企业', 'Firms'],
  name: ['企业名称', 'Firm'],
  code: ['统一社会信用代码', 'Code'],
  exited: ['退出日期', 'Exited'],
  removed: ['更正移除', 'removed by a correction'],
  publish: ['公布', 'Publish'],
  publishText: [
    '公布后不再更改；退出和更正另行记录',
    'A published list never changes; exits and corrections are recorded beside it',
  ],
  publishedOn: ['公布日期（通知的日期）', 'Day of the notice'],
  change: ['修改草稿', 'Change the draft'],
  discard: ['作废草稿', 'Discard the draft'],
  exit: ['记录退出', 'Record an exit'],
  correct: ['更正', 'Correct'],
  correctText: ['更正从名单的第一天起有效', 'A correction holds from the first day of the list'],
  on: ['从哪天起不在名单上', 'First day off the list'],
  announced: ['公布日期', 'Made public on'],
  reason: ['理由', 'Reason'],
  added: ['补列的企业（每行：代码 名称）', 'Firms to add, one a line: code and name'],
  taken: ['移除的企业（每行一个代码）', 'Firms to remove, one code a line'],
});

type List = Api['LeadListPage'];
type Act = 'publish' | 'change' | 'exit' | 'correct';

export function LeadListPage() {
  const { listId = '' } = useParams();
  const list = useGet('/api/lead-lists/{listId}', { path: { listId } });
  return <Read query={list}>{(one) => <Page list={one} />}</Read>;
}

function Page({ list }: { list: List }) {
  const t = words.use();
  const standing = useStanding();
  const go = useNavigate();
  const [act, setAct] = useState<Act>();
  const discard = useWrite('post', '/api/lead-lists/{listId}/discarding', { onDone: () => void go('/lead-lists') });
  const close = (): void => setAct(undefined);
  const draft = list.state === 'draft';
  const more = draft ? (
    <>
      <Button onClick={() => setAct('change')}>{t('change')}</Button>
      <Popconfirm title={t('discard')} onConfirm={() => discard.mutate({ path: { listId: list.list } })}>
        <Button danger>{t('discard')}</Button>
      </Popconfirm>
    </>
  ) : (
    <Button onClick={() => setAct('correct')}>{t('correct')}</Button>
  );
  return (
    <ObjectPage
      title={list.title}
      kind={t('kind')}
      state={<StateTag kind="lead-list-state" value={list.state} />}
      next={
        standing?.city
          ? draft
            ? { text: t('publish'), consequence: t('publishText'), onPress: () => setAct('publish'), more }
            : { text: t('exit'), onPress: () => setAct('exit'), more }
          : undefined
      }
    >
      <div className="panel">
        <Facts
          facts={[
            [t('document'), list.document],
            [t('valid'), `${list.from} – ${list.to}`],
            [t('published'), list.publishedOn],
            [t('firms'), list.size],
          ]}
        />
      </div>
      <div className="list-head form-gap">
        <h2>{t('firms')}</h2>
        <ExportMenu path={`/api/lead-lists/${list.list}/export`} />
      </div>
      <Rows<Api['ListedFirm']>
        caption={t('firms')}
        items={list.firms}
        rowKey={({ enterprise }) => enterprise}
        columns={[
          { key: 'name', title: t('name'), card: 'head', cell: ({ name }) => name },
          {
            key: 'enterprise',
            title: t('code'),
            cell: ({ enterprise }) => <span className="figure">{enterprise}</span>,
          },
          {
            key: 'exited',
            title: t('exited'),
            cell: ({ exitedOn, removed }) => (removed ? <Tag>{t('removed')}</Tag> : exitedOn),
          },
        ]}
      />
      <Modal open={act !== undefined} title={act && t(act)} width={720} footer={null} onCancel={close} destroyOnHidden>
        {act === 'change' && <LeadListForm list={list.list} draft={list} onDone={close} />}
        {act === 'publish' && <Publish list={list} onDone={close} />}
        {act === 'exit' && <Exit list={list} onDone={close} />}
        {act === 'correct' && <Correct list={list} onDone={close} />}
      </Modal>
    </ObjectPage>
  );
}

type ActProps = { readonly list: List; readonly onDone: () => void };
const today = (): string => dayText(new Date(platformNow()));

function Publish({ list, onDone }: ActProps) {
  const t = words.use();
  const publish = useWrite('post', '/api/lead-lists/{listId}/publication', { onDone });
  return (
    <WriteForm<Api['PublicationForm']>
      initial={{ publishedOn: today() }}
      onSubmit={(body) => publish.mutate({ path: { listId: list.list }, body })}
      pending={publish.isPending}
      problem={publish.error}
      submit={t('publish')}
      consequence={t('publishText')}
    >
      <Field name="publishedOn" label={t('publishedOn')} required>
        <DayInput />
      </Field>
    </WriteForm>
  );
}

function Exit({ list, onDone }: ActProps) {
  const t = words.use();
  const exit = useWrite('post', '/api/lead-lists/{listId}/exits', { onDone });
  return (
    <WriteForm<Api['ExitForm']>
      initial={{ announcedOn: today() }}
      onSubmit={(body) => exit.mutate({ path: { listId: list.list }, body })}
      pending={exit.isPending}
      problem={exit.error}
      submit={t('exit')}
    >
      <Field name="enterprise" label={t('code')} required>
        <Input className="figure" maxLength={18} />
      </Field>
      <Field name="on" label={t('on')} required>
        <DayInput />
      </Field>
      <Field name="announcedOn" label={t('announced')} required>
        <DayInput />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </WriteForm>
  );
}

function Correct({ list, onDone }: ActProps) {
  const t = words.use();
  const correct = useWrite('post', '/api/lead-lists/{listId}/corrections', { onDone });
  type Given = { added?: string; removed?: string; announcedOn: string; reason: string };
  return (
    <WriteForm<Given>
      initial={{ announcedOn: today() }}
      onSubmit={({ added = '', removed = '', ...form }) =>
        correct.mutate({
          path: { listId: list.list },
          body: {
            ...form,
            added: firmsOfText(added).firms,
            removed: removed.split(/\s+/).filter((code) => code !== ''),
          },
        })
      }
      pending={correct.isPending}
      problem={correct.error}
      submit={t('correct')}
      consequence={t('correctText')}
    >
      <Field name="added" label={t('added')}>
        <Input.TextArea rows={4} />
      </Field>
      <Field name="removed" label={t('taken')}>
        <Input.TextArea rows={3} />
      </Field>
      <Field name="announcedOn" label={t('announced')} required>
        <DayInput />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </WriteForm>
  );
}
