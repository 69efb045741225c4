import { RightOutlined } from '@ant-design/icons';
import { Alert, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords, setLanguage, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { StateTag, useLabels } from '../../kit/labels';
import { Facts } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { useAreas, useIndustries } from '../../kit/reference';

const words = defineWords('mine', {
  title: ['我的', 'Me'],
  firm: ['企业', 'Firm'],
  code: ['统一社会信用代码', 'Social credit code'],
  area: ['所在地', 'Area'],
  industry: ['行业', 'Industry'],
  size: ['规模', 'Size'],
  role: ['我的角色', 'My role'],
  gaps: ['工信部门要求补全', 'The office asks you to complete'],
  complete: ['去补全', 'Complete it'],
  waits: [
    '已提交，等工信部门确认。确认前可以看需求、写产品，不能报价。',
    'Submitted. Until the office confirms it you can look and prepare products, but not offer.',
  ],
  more: ['更多', 'More'],
  registration: ['企业注册资料', 'Registration of the firm'],
  products: ['我的产品', 'My products'],
  members: ['成员', 'Members'],
  inbox: ['消息', 'Messages'],
  unread: ['{{count}} 条未读', '{{count}} unread'],
  notices: ['账号、通知设置', 'Account and notifications'],
  fair: ['对接大厅', 'The fair'],
  language: ['English', '中文'],
});

/** 我的: the firm as the platform knows it, and everything that is seldom wanted. */
export function MinePage() {
  const t = words.use();
  const label = useLabels();
  const language = useLanguage();
  const { party } = useSignedIn();
  const registration = useGet('/api/registrations/own', {});
  const { data: inbox } = useGet('/api/inbox/unread', {}, { staleTime: 30_000 });
  const unread = inbox?.unread ?? 0;
  return (
    <div className="page-part stacked-parts narrow">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <Read query={registration}>{(own) => <FirmCard own={own} role={label('inner-role', party!.innerRole)} />}</Read>
      <nav aria-label={t('more')} className="panel menu-list">
        <MenuLink to="/registration">{t('registration')}</MenuLink>
        <MenuLink to="/promotions">{t('products')}</MenuLink>
        {party!.innerRole === 'manager' && <MenuLink to="/members">{t('members')}</MenuLink>}
        <MenuLink to="/inbox" aside={unread > 0 && t('unread', { count: unread })}>
          {t('inbox')}
        </MenuLink>
        <MenuLink to="/me">{t('notices')}</MenuLink>
        <MenuLink to="/fair">{t('fair')}</MenuLink>
        <button
          type="button"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t('language')}
        </button>
      </nav>
    </div>
  );
}

function MenuLink({ to, aside, children }: { to: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Link to={to}>
      <span>{children}</span>
      <span className="secondary">
        {aside} <RightOutlined aria-hidden />
      </span>
    </Link>
  );
}

function FirmCard({ own, role }: { own: Api['RegistrationView']; role: string }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const { facts, gaps, state, size } = own;
  return (
    <section className="panel" aria-label={t('firm')}>
      <div className="row-card-head">
        <strong className="row-card-title">{own.name}</strong>
        <StateTag kind="registration-state" value={state} />
      </div>
      <Facts
        facts={[
          [
            t('code'),
            <span key="code" className="figure">
              {own.enterprise}
            </span>,
          ],
          [t('area'), areaName(facts.registeredAddress?.area)],
          [t('industry'), industryName(facts.industry)],
          [t('size'), size && label('size', size)],
          [t('role'), role],
        ]}
      />
      {state === 'applied' && <Alert type="info" showIcon title={t('waits')} />}
      {gaps.length > 0 && state === 'returned' && (
        <Alert
          type="warning"
          showIcon
          title={t('gaps')}
          description={
            <ul className="faults">
              {gaps.map(({ field, note }) => (
                <li key={field + note}>{note}</li>
              ))}
            </ul>
          }
          action={
            <Link to="/registration" className="card-link">
              {t('complete')}
            </Link>
          }
        />
      )}
    </section>
  );
}
