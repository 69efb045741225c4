import { Button, Input, Modal, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { ChoiceSelect } from '../kit/inputs';
import { useChoices, useLabels } from '../kit/labels';
import { OneTimeLink } from '../kit/one-time-link';
import { Read, Trouble } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('members', {
  title: ['同事', 'Colleagues'],
  intro: [
    '管理员可以办理全部事项并管理同事；经办人可以发布、报价、定标；查看只能看。',
    'Managers do everything and look after colleagues; clerks publish, offer and award; viewers only read.',
  ],
  name: ['姓名', 'Name'],
  mobile: ['手机号', 'Mobile'],
  role: ['权限', 'Rights'],
  since: ['加入时间', 'Since'],
  end: ['移出', 'Remove'],
  endText: ['移出后立即不能再代表本企业', 'They can no longer act for the firm, at once'],
  invite: ['邀请同事', 'Invite a colleague'],
  invited: ['待接受的邀请', 'Invitations not yet used'],
  ends: ['有效至', 'Good until'],
  withdraw: ['收回', 'Withdraw'],
});

/** The people of the firm acted for. */
export function MembersPage() {
  const t = words.use();
  const label = useLabels();
  const { account, party } = useSignedIn();
  const manages = party?.innerRole === 'manager';
  const list = useGet('/api/members', {});
  const change = useWrite('put', '/api/members/{accountId}');
  const end = useWrite('delete', '/api/members/{accountId}');
  const choices = useChoices('inner-role');
  const problem = change.error ?? end.error;
  type Member = Api['MemberEntry'];
  return (
    <section className="page-part list-page">
      <h1>{t('title')}</h1>
      <p className="secondary">{t('intro')}</p>
      {problem && <Trouble problem={problem} />}
      <Read query={list}>
        {(members) => (
          <Rows<Member>
            caption={t('title')}
            items={members}
            rowKey={(member) => member.account}
            columns={[
              { key: 'name', title: t('name'), card: 'head', cell: ({ name }) => name },
              { key: 'mobile', title: t('mobile'), cell: ({ mobile }) => mobile },
              {
                key: 'role',
                title: t('role'),
                cell: (member) =>
                  manages && member.account !== account ? (
                    <Select
                      aria-label={`${t('role')} ${member.name}`}
                      value={member.innerRole}
                      options={choices}
                      onChange={(innerRole) =>
                        change.mutate({ path: { accountId: member.account }, body: { innerRole } })
                      }
                    />
                  ) : (
                    label('inner-role', member.innerRole)
                  ),
              },
              { key: 'since', title: t('since'), cell: ({ since }) => <Moment at={since} /> },
              ...(manages
                ? [
                    {
                      key: 'end',
                      title: t('end'),
                      cell: (member: Member) =>
                        member.account === account ? null : (
                          <Popconfirm
                            title={t('end')}
                            description={t('endText')}
                            onConfirm={() => end.mutate({ path: { accountId: member.account } })}
                          >
                            <Button danger>{t('end')}</Button>
                          </Popconfirm>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Read>
      {manages && <Invitations />}
    </section>
  );
}

function Invitations() {
  const t = words.use();
  const label = useLabels();
  const list = useGet('/api/invitations', {});
  const [open, setOpen] = useState(false);
  const [id, setId] = useState(() => crypto.randomUUID());
  const [token, setToken] = useState<string>();
  const withdraw = useWrite('delete', '/api/invitations/{invitationId}');
  const invite = useWrite('post', '/api/invitations', {
    onDone: (made) => {
      setOpen(false);
      setId(crypto.randomUUID());
      setToken(made.token);
    },
  });
  return (
    <>
      <Space>
        <Button type="primary" onClick={() => setOpen(true)}>
          {t('invite')}
        </Button>
      </Space>
      <Read query={list}>
        {(invitations) =>
          invitations.length > 0 && (
            <>
              <h2>{t('invited')}</h2>
              <Rows<Api['InvitationEntry']>
                caption={t('invited')}
                items={invitations}
                rowKey={(one) => one.id}
                columns={[
                  { key: 'name', title: t('name'), card: 'head', cell: ({ name }) => name },
                  { key: 'mobile', title: t('mobile'), cell: ({ mobile }) => mobile },
                  { key: 'role', title: t('role'), cell: ({ innerRole }) => label('inner-role', innerRole) },
                  { key: 'ends', title: t('ends'), cell: ({ endsAt }) => <Moment at={endsAt} /> },
                  {
                    key: 'withdraw',
                    title: t('withdraw'),
                    cell: (one) => (
                      <Button onClick={() => withdraw.mutate({ path: { invitationId: one.id } })}>
                        {t('withdraw')}
                      </Button>
                    ),
                  },
                ]}
              />
            </>
          )
        }
      </Read>
      <Modal open={open} title={t('invite')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <WriteForm<Omit<Api['Invitation'], 'id'>>
          initial={{ innerRole: 'clerk' }}
          onSubmit={(body) => invite.mutate({ body: { ...body, id } })}
          pending={invite.isPending}
          problem={invite.error}
          submit={t('invite')}
        >
          <Field name="name" label={t('name')} required>
            <Input maxLength={60} />
          </Field>
          <Field name="mobile" label={t('mobile')} required>
            <Input type="tel" inputMode="tel" maxLength={11} />
          </Field>
          <Field name="innerRole" label={t('role')} required>
            <ChoiceSelect kind="inner-role" />
          </Field>
        </WriteForm>
      </Modal>
      <OneTimeLink path="/join" token={token} onClose={() => setToken(undefined)} />
    </>
  );
}
