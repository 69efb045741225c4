import {
  BellOutlined,
  GlobalOutlined,
  LogoutOutlined,
  MenuOutlined,
  MoonOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Alert, Badge, Button, Drawer, Dropdown, Layout, Menu, Segmented, Space } from 'antd';
import { useContext, useEffect, useState } from 'react';
import { Link, Outlet, ScrollRestoration, useLocation, useMatches, useNavigate, useNavigation } from 'react-router';
import { useLiveChanges } from '../api/live';
import { useGet } from '../api/queries';
import { MoneyUnitContext } from '../kit/figures';
import { Loading, Nothing } from '../kit/page-state';
import { setPlatformTime } from '../kit/time';
import { defineWords, setLanguage, useLanguage } from './language';
import type { NavItem, PageHandle } from './pages';
import { useMe, useSignOut, useStanding, type Standing } from './session';
import { usePhone, useShade } from './theme';

const words = defineWords('shell', {
  name: ['配套', 'Peitao'],
  menu: ['菜单', 'Menu'],
  inbox: ['消息', 'Messages'],
  unread: ['{{count}} 条未读消息', '{{count}} unread messages'],
  language: ['English', '中文'],
  dark: ['深色', 'Dark'],
  light: ['浅色', 'Light'],
  signIn: ['登录', 'Sign in'],
  register: ['企业注册', 'Register a firm'],
  signOut: ['退出登录', 'Sign out'],
  account: ['我的账号', 'My account'],
  skip: ['跳到正文', 'Skip to the content'],
  demo: ['演示数据，不是真实业务', 'Demo data, no real business'],
  setClock: ['演示时间', 'Demo time'],
  offline: ['网络已断开，填写的内容保存在本机，恢复后可继续', 'No connection: what you enter is kept on this device'],
  yuan: ['元', 'yuan'],
  wan: ['万元', '10k yuan'],
  money: ['金额单位', 'Money unit'],
  main: ['主导航', 'Main navigation'],
  mine: ['我的', 'Me'],
  notForYou: ['您的身份不能使用这个页面', 'This page is not for your role'],
  needSignIn: ['登录后才能查看', 'Sign in to see this page'],
});

/** The frame of every page: who is here, where they can go, what changed. */
export function Shell({ navigation }: { navigation: readonly NavItem[] }) {
  const t = words.use();
  const phone = usePhone();
  const standing = useStanding();
  const me = useMe();
  useLiveChanges(me?.account);
  const underWay = useNavigation().state !== 'idle';
  const items = standing ? navigation.filter((item) => item.for(standing)) : [];
  return (
    <Layout className="shell">
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <ScrollRestoration />
      <TopBar standing={standing} items={items} phone={phone} />
      <Notices />
      <Layout hasSider={!phone}>
        {!phone && items.length > 0 && (
          <Layout.Sider width={208} theme="light" className="side no-print">
            <nav aria-label={t('main')}>
              <SideMenu items={items} />
            </nav>
          </Layout.Sider>
        )}
        <Layout.Content id="content" tabIndex={-1} className={underWay ? 'content content-waits' : 'content'}>
          <Gate standing={standing} />
        </Layout.Content>
      </Layout>
      {phone && standing && <Tabs items={items} standing={standing} />}
    </Layout>
  );
}

/** The page, for whom it is. */
function Gate({ standing }: { standing: Standing | undefined }) {
  const t = words.use();
  const handles = useMatches().map(({ handle }) => handle as PageHandle | undefined);
  const rule = handles.findLast((handle) => handle?.for !== undefined)?.for;
  const { pathname } = useLocation();
  if (rule === undefined) return <Outlet />;
  if (standing === undefined) return <Loading />;
  if (rule(standing)) return <Outlet />;
  if (standing.me === null)
    return (
      <Nothing
        text={t('needSignIn')}
        action={{ to: `/sign-in?then=${encodeURIComponent(pathname)}`, text: t('signIn') }}
      />
    );
  return <Nothing text={t('notForYou')} />;
}

function TopBar({
  standing,
  items,
  phone,
}: {
  standing: Standing | undefined;
  items: readonly NavItem[];
  phone: boolean;
}) {
  const t = words.use();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  const me = standing?.me;
  return (
    <Layout.Header className="top-bar no-print">
      <Space size={8}>
        {phone && (
          <Button
            type="text"
            icon={<MenuOutlined aria-hidden />}
            aria-label={t('menu')}
            onClick={() => setOpen(true)}
          />
        )}
        <Link to="/" className="brand">
          {t('name')}
        </Link>
      </Space>
      <Space size={4}>
        {!phone && <LookAndLanguage />}
        {me && <Bell />}
        {me && !phone && <AccountMenu name={me.name} />}
        {me === null && (
          <>
            {!phone && (
              <Link to="/register">
                <Button>{t('register')}</Button>
              </Link>
            )}
            <Link to="/sign-in">
              <Button type="primary">{t('signIn')}</Button>
            </Link>
          </>
        )}
      </Space>
      {phone && (
        <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={288} title={t('menu')}>
          <nav aria-label={t('main')}>
            <SideMenu items={items} />
          </nav>
          <div className="drawer-foot">
            <LookAndLanguage />
            {me === null && <Link to="/register">{t('register')}</Link>}
            {me && <AccountMenu name={me.name} />}
          </div>
        </Drawer>
      )}
    </Layout.Header>
  );
}

function LookAndLanguage() {
  const t = words.use();
  const language = useLanguage();
  const { isDark, setShade } = useShade();
  const { unit, setUnit } = useContext(MoneyUnitContext);
  return (
    <Space size={4} wrap>
      <Segmented
        aria-label={t('money')}
        value={unit}
        options={[
          { value: 'yuan', label: t('yuan') },
          { value: 'wan', label: t('wan') },
        ]}
        onChange={setUnit}
      />
      <Button
        type="text"
        icon={isDark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
        onClick={() => setShade(isDark ? 'light' : 'dark')}
      >
        {t(isDark ? 'light' : 'dark')}
      </Button>
      <Button
        type="text"
        icon={<GlobalOutlined aria-hidden />}
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('language')}
      </Button>
    </Space>
  );
}

function Bell() {
  const t = words.use();
  const phone = usePhone();
  const { data } = useGet('/api/inbox/unread', {}, { staleTime: 30_000 });
  const count = data?.unread ?? 0;
  return (
    <Link to="/inbox" aria-label={count > 0 ? t('unread', { count: count > 99 ? '99+' : count }) : t('inbox')}>
      <Badge count={count} size="small" offset={phone ? [-8, 8] : [-2, 4]}>
        <Button type="text" icon={<BellOutlined aria-hidden />} tabIndex={-1} aria-hidden />
      </Badge>
    </Link>
  );
}

function AccountMenu({ name }: { name: string }) {
  const t = words.use();
  const go = useNavigate();
  const signOut = useSignOut();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'me', icon: <UserOutlined aria-hidden />, label: t('account'), onClick: () => void go('/me') },
          {
            key: 'out',
            icon: <LogoutOutlined aria-hidden />,
            label: t('signOut'),
            onClick: () => void signOut().then(() => go('/')),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />}>
        {name}
      </Button>
    </Dropdown>
  );
}

const under = (path: string, pathname: string): boolean => pathname === path || pathname.startsWith(`${path}/`);
const chosenOf = (items: readonly NavItem[], pathname: string): string[] => {
  const fitting = items
    .filter(({ path, also = [] }) => [path, ...also].some((one) => under(one, pathname)))
    .sort((a, b) => b.path.length - a.path.length);
  return fitting[0] ? [fitting[0].path] : [];
};

function SideMenu({ items }: { items: readonly NavItem[] }) {
  const language = useLanguage();
  const { pathname } = useLocation();
  return (
    <Menu
      mode="inline"
      selectedKeys={chosenOf(items, pathname)}
      items={items.map(({ path, title, icon }) => ({
        key: path,
        icon,
        label: <Link to={path}>{title[language === 'zh' ? 0 : 1]}</Link>,
      }))}
    />
  );
}

/** At most four places at the bottom of a phone. */
function Tabs({ items, standing }: { items: readonly NavItem[]; standing: Standing }) {
  const t = words.use();
  const language = useLanguage();
  const { pathname } = useLocation();
  const tabs = items
    .flatMap((item) => {
      const place = item.tab?.(standing);
      return place === undefined ? [] : [{ ...item, place }];
    })
    .sort((a, b) => a.place - b.place)
    .slice(0, 4);
  if (tabs.length === 0) return null;
  const [chosen] = chosenOf(tabs, pathname);
  return (
    <nav className="tabs no-print" aria-label={t('mine')}>
      {tabs.map(({ path, icon, title }) => (
        <Link key={path} to={path} aria-current={chosen === path ? 'page' : undefined}>
          {icon}
          <span>{title[language === 'zh' ? 0 : 1]}</span>
        </Link>
      ))}
    </nav>
  );
}

function Notices() {
  const t = words.use();
  const online = useOnline();
  const { data } = useGet('/api/platform', {}, { staleTime: 60_000 });
  useEffect(() => {
    if (data?.clock === 'set') setPlatformTime(data.now);
  }, [data]);
  return (
    <>
      {!online && <Alert banner type="warning" title={t('offline')} />}
      {data?.demo && (
        <Alert
          banner
          type="info"
          showIcon={false}
          className="no-print"
          title={data.clock === 'set' ? `${t('demo')} · ${t('setClock')}` : t('demo')}
        />
      )}
    </>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}
