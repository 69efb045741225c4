import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { MoneyUnitContext, type MoneyUnit } from '../kit/figures';
import { useLanguage } from './language';
import { nonce } from './style-nonce';

export type Shade = 'system' | 'light' | 'dark';
const SHADE = 'peitao.shade';
const UNIT = 'peitao.money-unit';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const narrow = window.matchMedia('(max-width: 767px)');
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
const useMatch = (query: MediaQueryList): boolean =>
  useSyncExternalStore(
    (tell) => {
      query.addEventListener('change', tell);
      return () => query.removeEventListener('change', tell);
    },
    () => query.matches,
  );

/** Whether the page is as narrow as a phone. */
export const usePhone = (): boolean => useMatch(narrow);

const ShadeContext = createContext<{ shade: Shade; setShade: (shade: Shade) => void; isDark: boolean }>({
  shade: 'system',
  setShade: () => undefined,
  isDark: false,
});
export const useShade = () => useContext(ShadeContext);

/** Ant Design with our tokens, in the reader's language and light or dark. */
export function Theme({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const phone = usePhone();
  const systemDark = useMatch(dark);
  const keepsStill = useMatch(still);
  const [shade, keepShade] = useState<Shade>(() => (localStorage.getItem(SHADE) as Shade | null) ?? 'system');
  const [unit, keepUnit] = useState<MoneyUnit>(() => (localStorage.getItem(UNIT) === 'wan' ? 'wan' : 'yuan'));
  const isDark = shade === 'system' ? systemDark : shade === 'dark';
  useEffect(() => {
    document.documentElement.dataset.shade = isDark ? 'dark' : 'light';
  }, [isDark]);
  useEffect(() => void dayjs.locale(language === 'zh' ? 'zh-cn' : 'en'), [language]);
  const shades = useMemo(
    () => ({
      shade,
      isDark,
      setShade: (next: Shade) => {
        localStorage.setItem(SHADE, next);
        keepShade(next);
      },
    }),
    [shade, isDark],
  );
  const units = useMemo(
    () => ({
      unit,
      setUnit: (next: MoneyUnit) => {
        localStorage.setItem(UNIT, next);
        keepUnit(next);
      },
    }),
    [unit],
  );
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      componentSize={phone ? 'large' : 'middle'}
      theme={{
        algorithm: isDark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
        token: {
          // White on a solid button needs 4.5:1 in the dark as well.
          colorPrimary: isDark ? '#2082A2' : '#0B6E8A',
          colorLink: isDark ? '#5CC3DE' : '#0B6E8A',
          colorLinkHover: isDark ? '#8FD8EC' : '#07566D',
          colorLinkActive: isDark ? '#8FD8EC' : '#07566D',
          // Words on tags are as readable as any: antd's own colours fall short of 4.5:1.
          colorInfo: isDark ? '#3AA8C7' : '#0B6E8A',
          colorSuccess: isDark ? '#52C41A' : '#2B7A0B',
          colorWarning: isDark ? '#E8A317' : '#8A5300',
          colorError: isDark ? '#FF7875' : '#C4141F',
          // Antd's light shades of dark colours turn grey; these are the tints it has for its own lighter ones.
          ...(!isDark && {
            colorPrimaryBg: '#E3F1F5',
            colorPrimaryBgHover: '#D2E8EF',
            colorInfoBg: '#E3F1F5',
            colorInfoBorder: '#A6D0DE',
            colorSuccessBg: '#EFF9EB',
            colorSuccessBorder: '#B7DFA8',
            colorWarningBg: '#FFF6E5',
            colorWarningBorder: '#F5D49B',
            colorErrorBg: '#FDEFEF',
            colorErrorBorder: '#F2B8B5',
          }),
          borderRadius: 6,
          fontSize: 14,
          motion: !keepsStill,
          // Antd's default descriptions fall short of 4.5:1 on grey.
          colorTextDescription: isDark ? 'rgba(255,255,255,0.72)' : 'rgba(0,0,0,0.66)',
          colorTextPlaceholder: isDark ? 'rgba(255,255,255,0.6)' : 'rgba(0,0,0,0.6)',
          fontFamily:
            "-apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Noto Sans S Chinese', sans-serif",
          controlHeightLG: 44,
        },
        components: {
          // White falls short of 4.5:1 on the red of the dark.
          Button: { dangerColor: isDark ? '#141414' : '#fff' },
          Menu: {
            // The column that it stands in draws its own line, as long as the page.
            activeBarBorderWidth: 0,
            itemSelectedBg: isDark ? '#16323A' : '#E3F1F5',
            itemSelectedColor: isDark ? '#8FD8EC' : '#07566D',
          },
        },
      }}
    >
      <ShadeContext value={shades}>
        <MoneyUnitContext value={units}>
          <AntApp>{children}</AntApp>
        </MoneyUnitContext>
      </ShadeContext>
    </ConfigProvider>
  );
}
