import { App, Button, Form, Input, Space, Switch } from 'antd';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { Read, Trouble } from '../kit/page-state';

const words = defineWords('notifications', {
  title: ['通知方式', 'How we reach you'],
  intro: [
    '站内消息总有。要紧的事（待接单、24 小时内到期、变更、撤销）另按下列方式立即通知；其余每天汇总一次。',
    'Messages in the app always. What cannot wait (awards to accept, terms that end within 24 h, amendments, cancellations) also goes out at once; the rest in one digest a day.',
  ],
  sms: ['短信', 'SMS'],
  mail: ['邮件', 'Mail'],
  wechat: ['微信服务号', 'WeChat'],
  digest: ['每日摘要（{{at}}）', 'Daily digest ({{at}})'],
  notHere: ['本平台未配置，显示为“未送达”', 'Not configured here: shown as not delivered'],
  address: ['邮箱（可不填）', 'Mail address (optional)'],
  verified: ['已验证', 'verified'],
  unverified: ['待验证：请打开邮件里的链接', 'not verified yet: open the link in the mail'],
  save: ['保存', 'Save'],
  remove: ['删除', 'Remove'],
  bind: ['绑定微信', 'Bind WeChat'],
  bound: ['已绑定', 'bound'],
  unbind: ['解除绑定', 'Unbind'],
});

type Notices = Api['NoticesView'];

/** How messages reach the person beyond the app. */
export function Notifications() {
  const t = words.use();
  const notices = useGet('/api/me/notices', {});
  return (
    <>
      <h2>{t('title')}</h2>
      <p className="secondary">{t('intro')}</p>
      <Read query={notices}>{(view) => <Ways view={view} />}</Read>
    </>
  );
}

function Ways({ view }: { view: Notices }) {
  const t = words.use();
  const { message } = App.useApp();
  const choose = useWrite('put', '/api/me/notices');
  const { available, digest, digestAt, mail, sms, wechat, wechatBound, mailAddress } = view;
  const set = (change: Partial<Api['NoticeChoice']>): void =>
    choose.mutate({ body: { digest, mail, sms, wechat, ...change } });
  const bind = useWrite('post', '/api/me/wechat', { onDone: ({ url }) => window.location.assign(url) });
  const unbind = useWrite('delete', '/api/me/wechat');
  const keep = useWrite('put', '/api/me/mail', { onDone: () => void message.info(t('unverified')) });
  const forget = useWrite('delete', '/api/me/mail');
  const problem = choose.error ?? bind.error ?? keep.error ?? forget.error ?? unbind.error;
  return (
    <div className="panel">
      {problem && <Trouble problem={problem} />}
      <ul className="plain switches">
        {(['sms', 'wechat', 'mail'] as const).map((way) => (
          <li key={way}>
            <Switch
              id={`way-${way}`}
              checked={view[way]}
              loading={choose.isPending}
              onChange={(on) => set({ [way]: on })}
              aria-labelledby={`way-${way}-name`}
            />
            <label id={`way-${way}-name`} htmlFor={`way-${way}`}>
              {t(way)}
            </label>
            {!available[way] && <span className="secondary">{t('notHere')}</span>}
            {way === 'wechat' &&
              available.wechat &&
              (wechatBound ? (
                <Space>
                  <span>{t('bound')}</span>
                  <Button onClick={() => unbind.mutate({})}>{t('unbind')}</Button>
                </Space>
              ) : (
                <Button loading={bind.isPending} onClick={() => bind.mutate({})}>
                  {t('bind')}
                </Button>
              ))}
          </li>
        ))}
        <li>
          <Switch
            id="way-digest"
            checked={digest}
            loading={choose.isPending}
            onChange={(on) => set({ digest: on })}
            aria-labelledby="way-digest-name"
          />
          <label id="way-digest-name" htmlFor="way-digest">
            {t('digest', { at: digestAt })}
          </label>
        </li>
      </ul>
      {available.mail && (
        <Form<Api['MailForm']>
          layout="inline"
          key={mailAddress?.address}
          initialValues={{ address: mailAddress?.address }}
          onFinish={(body) => keep.mutate({ body })}
        >
          <Form.Item
            name="address"
            label={t('address')}
            extra={mailAddress && t(mailAddress.verified ? 'verified' : 'unverified')}
          >
            <Input type="email" inputMode="email" autoComplete="email" />
          </Form.Item>
          <Space>
            <Button htmlType="submit" loading={keep.isPending}>
              {t('save')}
            </Button>
            {mailAddress && <Button onClick={() => forget.mutate({})}>{t('remove')}</Button>}
          </Space>
        </Form>
      )}
    </div>
  );
}
