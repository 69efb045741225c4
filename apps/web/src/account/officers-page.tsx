import { Button, Input, Modal, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { AreaSelect, ChoiceSelect } from '../kit/inputs';
import { StateTag, useLabels } from '../kit/labels';
import { OneTimeLink } from '../kit/one-time-link';
import { Read, Trouble } from '../kit/page-state';
import { useAreas } from '../kit/reference';
import { Rows } from '../kit/rows';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('officers', {
  title: ['工作人员', 'Officers'],
  intro: [
    '系统管理员提出身份，另一人确认后才生效；管理员自己不办业务。',
    'An administrator proposes a role, a second person confirms it; administrators do no business themselves.',
  ],
  name: ['姓名', 'Name'],
  mobile: ['手机号', 'Mobile'],
  roles: ['身份', 'Roles'],
  state: ['账号', 'Account'],
  active: ['使用中', 'Active'],
  inactive: ['已停用', 'Deactivated'],
  confirm: ['确认', 'Confirm'],
  endRole: ['取消', 'End'],
  new: ['新建工作人员', 'New officer'],
  role: ['身份', 'Role'],
  area: ['所属县（市、区）', 'County'],
  areaHelp: ['县级部门必填', 'For county offices'],
  document: [
    '证件号（只存加密摘要，用来防止一人多号）',
    'Identity document (kept as a keyed digest, so that one person has one account)',
  ],
  make: ['新建', 'Make'],
  link: ['密码链接', 'Password link'],
  deactivate: ['停用', 'Deactivate'],
  deactivateText: [
    '停用后不能再登录，账号不再给别人用',
    'Nobody signs in with it any more, and it is never given to another',
  ],
});

type Officer = Api['OfficerEntry'];

/** Officers' accounts: proposed by an administrator, confirmed by a second person. */
export function OfficersPage() {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const standing = useStanding();
  const administers = standing?.administrator ?? false;
  const list = useGet('/api/officers', {});
  const [open, setOpen] = useState(false);
  const [id, setId] = useState(() => crypto.randomUUID());
  const [token, setToken] = useState<string>();
  const confirm = useWrite('put', '/api/officers/{accountId}/roles/{role}/confirmation');
  const endRole = useWrite('delete', '/api/officers/{accountId}/roles/{role}');
  const deactivate = useWrite('delete', '/api/officers/{accountId}');
  const link = useWrite('post', '/api/officers/{accountId}/password-link', { onDone: (made) => setToken(made.token) });
  const make = useWrite('post', '/api/officers', {
    onDone: (made) => {
      setOpen(false);
      setId(crypto.randomUUID());
      setToken(made.token);
    },
  });
  const problem = confirm.error ?? endRole.error ?? deactivate.error ?? link.error;
  return (
    <section className="page-part list-page">
      <div className="list-head">
        <h1>{t('title')}</h1>
        {administers && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('new')}
          </Button>
        )}
      </div>
      <p className="secondary">{t('intro')}</p>
      {problem && <Trouble problem={problem} />}
      <Read query={list}>
        {(officers) => (
          <Rows<Officer>
            caption={t('title')}
            items={officers}
            rowKey={(officer) => officer.id}
            columns={[
              { key: 'name', title: t('name'), card: 'head', cell: ({ name }) => name },
              { key: 'mobile', title: t('mobile'), cell: ({ mobile }) => mobile },
              {
                key: 'roles',
                title: t('roles'),
                cell: (officer) => (
                  <Space orientation="vertical" size={4}>
                    {officer.roles.map(({ role, area, state }) => (
                      <Space key={role} wrap>
                        <span>
                          {label('role', role)} {areaName(area)}
                        </span>
                        <StateTag kind="role-state" value={state} />
                        {state === 'proposed' && (
                          <Button
                            size="small"
                            onClick={() => confirm.mutate({ path: { accountId: officer.id, role } })}
                          >
                            {t('confirm')}
                          </Button>
                        )}
                        {administers && (
                          <Button
                            size="small"
                            onClick={() => endRole.mutate({ path: { accountId: officer.id, role } })}
                          >
                            {t('endRole')}
                          </Button>
                        )}
                      </Space>
                    ))}
                  </Space>
                ),
              },
              {
                key: 'state',
                title: t('state'),
                card: 'side',
                cell: ({ active }) => t(active ? 'active' : 'inactive'),
              },
              ...(administers
                ? [
                    {
                      key: 'acts',
                      title: '',
                      cell: (officer: Officer) =>
                        officer.active && (
                          <Space wrap>
                            <Button size="small" onClick={() => link.mutate({ path: { accountId: officer.id } })}>
                              {t('link')}
                            </Button>
                            <Popconfirm
                              title={t('deactivate')}
                              description={t('deactivateText')}
                              onConfirm={() => deactivate.mutate({ path: { accountId: officer.id } })}
                            >
                              <Button size="small" danger>
                                {t('deactivate')}
                              </Button>
                            </Popconfirm>
                          </Space>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Read>
      <Modal open={open} title={t('new')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <WriteForm<Omit<Api['NewOfficer'], 'id'>>
          onSubmit={(body) => make.mutate({ body: { ...body, id } })}
          pending={make.isPending}
          problem={make.error}
          submit={t('make')}
        >
          <Field name="name" label={t('name')} required>
            <Input maxLength={60} />
          </Field>
          <Field name="mobile" label={t('mobile')} required>
            <Input type="tel" inputMode="tel" maxLength={11} />
          </Field>
          <Field name="role" label={t('role')} required>
            <ChoiceSelect
              kind="role"
              values={[
                'county-officer',
                'city-officer',
                'county-finance',
                'city-finance',
                'bank',
                'adviser',
                'auditor',
                'administrator',
              ]}
            />
          </Field>
          <Field name="area" label={t('area')} help={t('areaHelp')}>
            <AreaSelect />
          </Field>
          <Field name="document" label={t('document')} required>
            <Input autoComplete="off" />
          </Field>
        </WriteForm>
      </Modal>
      <OneTimeLink path="/password" token={token} onClose={() => setToken(undefined)} />
    </section>
  );
}
