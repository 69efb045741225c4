import { Alert, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, type Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useMe, useWelcome } from '../app/session';
import { useDraft } from '../kit/drafts';
import { AreaSelect, IndustrySelect } from '../kit/inputs';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { usccFault } from './uscc';

type Form_ = Api['RegistrationForm'];

const words = defineWords('register', {
  title: ['企业注册', 'Register a firm'],
  intro: [
    '填一页就能看需求、写报价。工信部门核验后，报价和发布才生效。',
    'One page, then you see demands and prepare offers. Offering and publishing begin when the office has confirmed you.',
  ],
  uscc: ['统一社会信用代码', 'Unified social credit code'],
  usccHelp: [
    '营业执照上的 18 位代码，没有字母 I、O、S、V、Z',
    'The 18 characters on the business licence; no I, O, S, V, Z',
  ],
  usccLength: ['还差 {{count}} 位，共 18 位', '{{count}} characters are missing of 18'],
  usccLetters: ['“{{letter}}”不会出现在代码里，请核对执照', 'The code never holds “{{letter}}”; look at the licence'],
  usccCheck: ['校验位不对，请核对执照', 'The check character is wrong; look at the licence'],
  name: ['企业名称', 'Name of the firm'],
  nameHelp: ['与营业执照一致', 'As on the business licence'],
  area: ['注册地所属县（市、区）', 'County of registration'],
  address: ['注册地址', 'Registered address'],
  industry: ['行业', 'Industry'],
  person: ['联系人姓名', 'Your name'],
  mobile: ['手机号（用来登录）', 'Mobile number (to sign in)'],
  password: ['密码', 'Password'],
  passwordHelp: ['至少 10 个字符', 'At least 10 characters'],
  submit: ['提交注册', 'Register'],
  consequence: [
    '提交后送所属工信部门核验，结果会发到“消息”。姓名和手机号只给工信部门和中选后的对方看。',
    'Your county office checks it and answers in your messages. Name and number reach the office, and the other firm after an award.',
  ],
  known: ['已经注册过？', 'Registered already?'],
  signIn: ['登录', 'Sign in'],
  unverified: ['短信网关未配置，手机号暂不验证', 'No SMS gateway is configured: the number is not verified'],
  another: ['用当前账号为另一家企业注册', 'Registers another firm for the account you are signed in with'],
});

/** One page: the firm by its code and name, and who signs in for it. */
export function RegisterPage() {
  const t = words.use();
  const me = useMe();
  const go = useNavigate();
  const welcome = useWelcome();
  const platform = useGet('/api/platform', {}, { staleTime: 60_000 });
  const draft = useDraft<Form_>('register');
  const [id] = useState(() => draft.kept?.id ?? crypto.randomUUID());
  const register = useWrite('post', '/api/registrations', {
    onDone: (_, { body }) => {
      draft.forget();
      void enter(body);
    },
  });
  const enter = async ({ account }: Form_): Promise<void> => {
    if (account?.password === undefined) return void go('/registration');
    const { mobile, password } = account;
    welcome(await call('post', '/api/sign-in', { body: { mobile, password } }));
    await go('/registration');
  };
  // A password is no draft.
  const keep = {
    ...draft,
    save: (value: Form_) =>
      draft.save({ ...value, id, ...(value.account && { account: { ...value.account, password: undefined } }) }),
  };
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('title')}</h1>
      <p className="secondary">{t('intro')}</p>
      {me && <Alert type="info" showIcon title={t('another')} />}
      <WriteForm<Form_>
        draft={keep}
        initial={{ from: dayText(new Date(platformNow())) }}
        onSubmit={(values) => register.mutate({ body: { ...values, id, from: dayText(new Date(platformNow())) } })}
        pending={register.isPending}
        problem={register.error}
        submit={t('submit')}
        consequence={t('consequence')}
      >
        <UsccField />
        <Field name="name" label={t('name')} required help={t('nameHelp')}>
          <Input autoComplete="organization" maxLength={100} />
        </Field>
        <Field name={['registeredAddress', 'area']} label={t('area')} required>
          <AreaSelect />
        </Field>
        <Field name={['registeredAddress', 'text']} label={t('address')} required>
          <Input autoComplete="street-address" maxLength={200} />
        </Field>
        <Field name="industry" label={t('industry')}>
          <IndustrySelect />
        </Field>
        {!me && (
          <>
            <Field name={['account', 'name']} label={t('person')} required>
              <Input autoComplete="name" maxLength={60} />
            </Field>
            <Field
              name={['account', 'mobile']}
              label={t('mobile')}
              required
              help={platform.data?.smsGateway === false ? t('unverified') : undefined}
            >
              <Input type="tel" inputMode="tel" autoComplete="username" maxLength={11} />
            </Field>
            <Field name={['account', 'password']} label={t('password')} required help={t('passwordHelp')}>
              <Input.Password autoComplete="new-password" maxLength={128} />
            </Field>
          </>
        )}
      </WriteForm>
      {!me && (
        <p>
          {t('known')} <Link to="/sign-in">{t('signIn')}</Link>
        </p>
      )}
    </section>
  );
}

/** Checked as it is typed: a wrong character is found beside the licence and not by the office a day later. */
function UsccField() {
  const t = words.use();
  return (
    <Form.Item
      name="enterprise"
      label={t('uscc')}
      extra={t('usccHelp')}
      required
      normalize={(text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()}
      validateTrigger="onBlur"
      rules={[
        {
          validator: async (_, code: string | undefined) => {
            const fault = usccFault(code ?? '');
            if (fault?.rule === 'length') throw new Error(t('usccLength', { count: fault.missing }));
            if (fault?.rule === 'letters') throw new Error(t('usccLetters', { letter: fault.letter }));
            if (fault?.rule === 'check') throw new Error(t('usccCheck'));
          },
        },
      ]}
    >
      <Input autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={24} className="figure" />
    </Form.Item>
  );
}
