import { App, Button, Input, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn, useSignOut, useWelcome } from '../app/session';
import { forgetDrafts } from '../kit/drafts';
import { Facts } from '../kit/object-page';
import { useLabels } from '../kit/labels';
import { useAreas } from '../kit/reference';
import { Field, WriteForm } from '../kit/write-form';
import { Trouble } from '../kit/page-state';
import { Notifications } from '../inbox/notifications';
import { ApiTokens } from './api-tokens';

const words = defineWords('me', {
  title: ['我的账号', 'My account'],
  name: ['姓名', 'Name'],
  mobile: ['手机号', 'Mobile'],
  roles: ['身份', 'Roles'],
  area: ['所属县（市、区）', 'County'],
  firm: ['当前代表的企业', 'Acting for'],
  change: ['换一家企业', 'Act for another firm'],
  register: ['再注册一家企业', 'Register another firm'],
  password: ['修改密码', 'Change the password'],
  current: ['当前密码', 'Current password'],
  next: ['新密码', 'New password'],
  help: ['至少 10 个字符；修改后其他设备须重新登录', 'At least 10 characters; other devices must sign in again'],
  save: ['修改', 'Change'],
  changed: ['密码已修改', 'The password was changed'],
  everywhere: ['退出全部设备', 'Sign out everywhere'],
  out: ['退出登录', 'Sign out'],
  erase: ['注销账号', 'Close the account'],
  eraseText: [
    '账号停用，姓名和手机号被删除，不能恢复。企业和业务记录保留。',
    'The account ends and its name and number are erased for good. The firm and its records stay.',
  ],
  erasure: ['注销', 'Close it'],
});

function leave(): void {
  forgetDrafts();
  window.location.assign('/');
}

export function MePage() {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const me = useSignedIn();
  const go = useNavigate();
  const signOut = useSignOut();
  const everywhere = useWrite('delete', '/api/me/sessions', { onDone: leave });
  const erase = useWrite('delete', '/api/me', { onDone: leave });
  return (
    <section className="page-part">
      <h1>{t('title')}</h1>
      <div className="panel">
        <Facts
          facts={[
            [t('name'), me.name],
            [t('mobile'), me.mobile],
            [t('roles'), me.roles.map((role) => label('role', role)).join('、')],
            [t('area'), me.area && areaName(me.area)],
            [t('firm'), me.memberships.length > 0 && <ActingFor />],
          ]}
        />
        <Space wrap className="form-gap">
          <Button onClick={() => void signOut().then(() => go('/'))}>{t('out')}</Button>
          <Button onClick={() => everywhere.mutate({})} loading={everywhere.isPending}>
            {t('everywhere')}
          </Button>
          {me.party && <Button onClick={() => void go('/register')}>{t('register')}</Button>}
        </Space>
      </div>
      <Notifications />
      <NewPassword />
      {(me.party !== undefined || me.roles.length > 0) && <ApiTokens />}
      <h2>{t('erase')}</h2>
      {erase.error && <Trouble problem={erase.error} />}
      <p className="secondary">{t('eraseText')}</p>
      <Popconfirm
        title={t('erase')}
        description={t('eraseText')}
        okText={t('erasure')}
        okButtonProps={{ danger: true }}
        onConfirm={() => erase.mutate({})}
      >
        <Button danger loading={erase.isPending}>
          {t('erase')}
        </Button>
      </Popconfirm>
    </section>
  );
}

/** The firm that the account acts for now, and the others it belongs to. */
function ActingFor() {
  const t = words.use();
  const label = useLabels();
  const me = useSignedIn();
  const welcome = useWelcome();
  const act = useWrite('put', '/api/me/registration', { onDone: welcome });
  return (
    <Select
      aria-label={t('change')}
      value={me.party?.registration}
      loading={act.isPending}
      popupMatchSelectWidth={false}
      options={me.memberships.map(({ enterprise, registration, innerRole }) => ({
        value: registration,
        label: <FirmName enterprise={enterprise} role={label('inner-role', innerRole)} />,
      }))}
      onChange={(registration: string) => act.mutate({ body: { registration } })}
    />
  );
}

function FirmName({ enterprise, role }: { enterprise: string; role: string }) {
  const { data } = useGet('/api/enterprises/{uscc}', { path: { uscc: enterprise } }, { staleTime: 600_000 });
  return (
    <>
      {data?.name ?? enterprise} · {role}
    </>
  );
}

function NewPassword() {
  const t = words.use();
  const { message } = App.useApp();
  const [round, setRound] = useState(0);
  const set = useWrite('put', '/api/me/password', {
    onDone: () => {
      message.success(t('changed'));
      setRound((n) => n + 1);
    },
  });
  return (
    <>
      <h2>{t('password')}</h2>
      <WriteForm<{ currentPassword?: string; password: string }>
        key={round}
        onSubmit={(body) => set.mutate({ body })}
        pending={set.isPending}
        problem={set.error}
        submit={t('save')}
      >
        <Field name="currentPassword" label={t('current')}>
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Field>
        <Field name="password" label={t('next')} required help={t('help')}>
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Field>
      </WriteForm>
    </>
  );
}
