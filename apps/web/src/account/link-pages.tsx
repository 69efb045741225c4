import { Alert, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useMe, useWelcome } from '../app/session';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('links', {
  password: ['设置新密码', 'Set a new password'],
  new: ['新密码', 'New password'],
  help: ['至少 10 个字符', 'At least 10 characters'],
  set: ['设置并登录', 'Set and sign in'],
  join: ['加入企业', 'Join a firm'],
  joinNow: ['加入', 'Join'],
  joinAs: ['用当前登录的账号加入', 'You join with the account that you are signed in to'],
  broken: ['链接不完整，请从收到的消息里重新打开', 'The link is incomplete: open it again from the message'],
});

/** The token stands behind the #, which browsers do not send and no log of a proxy shows. */
const token = (): string => window.location.hash.slice(1);

export function PasswordPage() {
  const t = words.use();
  const go = useNavigate();
  const welcome = useWelcome();
  const set = useWrite('post', '/api/password-link', {
    onDone: (me) => {
      welcome(me);
      void go('/', { replace: true });
    },
  });
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('password')}</h1>
      {token() === '' ? (
        <Alert type="error" showIcon title={t('broken')} />
      ) : (
        <WriteForm<{ password: string }>
          onSubmit={({ password }) => set.mutate({ body: { token: token(), password } })}
          pending={set.isPending}
          problem={set.error}
          submit={t('set')}
        >
          <NewPassword />
        </WriteForm>
      )}
    </section>
  );
}

export function JoinPage() {
  const t = words.use();
  const me = useMe();
  const go = useNavigate();
  const join = useWrite('post', '/api/invitations/use', {
    onDone: () => void go(me ? '/me' : '/sign-in', { replace: true }),
  });
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('join')}</h1>
      {token() === '' ? (
        <Alert type="error" showIcon title={t('broken')} />
      ) : (
        <WriteForm<{ password?: string }>
          onSubmit={({ password }) =>
            join.mutate({ body: { token: token(), ...(password !== undefined && { password }) } })
          }
          pending={join.isPending}
          problem={join.error}
          submit={t('joinNow')}
        >
          {me ? <p>{t('joinAs')}</p> : <NewPassword />}
        </WriteForm>
      )}
    </section>
  );
}

function NewPassword() {
  const t = words.use();
  return (
    <Field name="password" label={t('new')} required help={t('help')}>
      <Input.Password autoComplete="new-password" maxLength={128} />
    </Field>
  );
}
