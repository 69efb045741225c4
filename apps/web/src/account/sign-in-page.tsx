import { Alert, Button, Form, Input, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useWelcome } from '../app/session';

const words = defineWords('sign-in', {
  title: ['登录配套', 'Sign in to Peitao'],
  mobile: ['手机号', 'Mobile number'],
  password: ['密码', 'Password'],
  code: ['短信验证码', 'Code by SMS'],
  byPassword: ['用密码登录', 'By password'],
  byCode: ['用验证码登录', 'By code'],
  send: ['发送验证码', 'Send a code'],
  sent: ['如果这个号码已注册，验证码已发出', 'If the number has an account, a code is on its way'],
  enter: ['登录', 'Sign in'],
  none: ['还没有账号？', 'No account yet?'],
  register: ['企业注册', 'Register a firm'],
  support: ['需要帮助：{{support}}', 'For help: {{support}}'],
  fair: ['不登录，先看公开需求', 'See open demands without signing in'],
  forgotten: [
    '忘记密码：请联系本地工信部门，由其发给您一个重设链接',
    'Forgotten password: ask your county office for a link',
  ],
  forgottenByCode: ['忘记密码：用验证码登录后可重设', 'Forgotten password: sign in by code and set a new one'],
  https: [
    '此地址未用 HTTPS，浏览器不会保存登录。请用 https:// 地址打开。',
    'This address has no HTTPS: the browser will not keep a sign-in. Open the https:// address.',
  ],
});

/** Plain HTTP elsewhere than on this machine: the session's cookie would be dropped. */
const withoutHttps = (): boolean =>
  window.location.protocol === 'http:' && !['localhost', '127.0.0.1'].includes(window.location.hostname);
/** Only a path of our own: `//elsewhere` would lead away. */
const ownPath = (then: string | null): string => (then && /^\/(?![/\\])/.test(then) ? then : '/');

export function SignInPage() {
  const t = words.use();
  const [params] = useSearchParams();
  const go = useNavigate();
  const welcome = useWelcome();
  const platform = useGet('/api/platform', {}, { staleTime: 60_000 });
  const language = useLanguage();
  const enter = useWrite('post', '/api/sign-in', {
    onDone: (me) => {
      welcome(me);
      void go(ownPath(params.get('then')), { replace: true });
    },
  });
  const byCode = platform.data?.smsGateway ?? false;
  const trouble = enter.error && (
    <Alert type="error" showIcon role="alert" title={enter.error[language]} className="form-gap" />
  );
  const submit = (
    <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
      {t('enter')}
    </Button>
  );
  const password = (
    <Form<Api['Credentials']> layout="vertical" requiredMark={false} onFinish={(body) => enter.mutate({ body })}>
      <Mobile label={t('mobile')} />
      <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('password') }]}>
        <Input.Password autoComplete="current-password" maxLength={128} size="large" />
      </Form.Item>
      {trouble}
      {submit}
      <p className="secondary">{t(byCode ? 'forgottenByCode' : 'forgotten')}</p>
    </Form>
  );
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('title')}</h1>
      {withoutHttps() && <Alert type="warning" showIcon title={t('https')} />}
      {byCode ? (
        <Tabs
          items={[
            { key: 'password', label: t('byPassword'), children: password },
            {
              key: 'code',
              label: t('byCode'),
              children: <ByCode submit={submit} trouble={trouble} onEnter={(body) => enter.mutate({ body })} />,
            },
          ]}
        />
      ) : (
        password
      )}
      <p>
        {t('none')} <Link to="/register">{t('register')}</Link>
      </p>
      {platform.data?.support && <p className="secondary">{t('support', { support: platform.data.support })}</p>}
      <p>
        <Link to="/fair">{t('fair')}</Link>
      </p>
    </section>
  );
}

function Mobile({ label }: { label: string }) {
  return (
    <Form.Item name="mobile" label={label} rules={[{ required: true, pattern: /^1[3-9]\d{9}$/, message: label }]}>
      <Input type="tel" inputMode="tel" autoComplete="username" maxLength={11} size="large" />
    </Form.Item>
  );
}

function ByCode({
  submit,
  trouble,
  onEnter,
}: {
  submit: React.ReactNode;
  trouble: React.ReactNode;
  onEnter: (body: Api['Credentials']) => void;
}) {
  const t = words.use();
  const [form] = Form.useForm<Api['Credentials']>();
  const [sent, setSent] = useState(false);
  const send = useWrite('post', '/api/sign-in/code', { onDone: () => setSent(true) });
  const ask = async (): Promise<void> => {
    const { mobile } = await form.validateFields(['mobile']);
    send.mutate({ body: { mobile } });
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={onEnter}>
      <Mobile label={t('mobile')} />
      <Button onClick={() => void ask().catch(() => undefined)} loading={send.isPending}>
        {t('send')}
      </Button>
      {sent && <p role="status">{t('sent')}</p>}
      <Form.Item name="code" label={t('code')} rules={[{ required: true, message: t('code') }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} size="large" />
      </Form.Item>
      {trouble}
      {submit}
    </Form>
  );
}
