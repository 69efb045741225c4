import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { carried } from '../api/client';

export type Language = 'zh' | 'en';
/** A text in Chinese and English; `{{name}}` stands for a value. */
export type Text = readonly [zh: string, en: string];

const KEPT = 'peitao.language';

const initial = (): Language => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh');

void i18next.use(initReactI18next).init({
  lng: initial(),
  fallbackLng: 'zh',
  resources: {},
  interpolation: { escapeValue: false },
  // Every text has both languages: a missing one is a fault that should show.
  returnNull: false,
});

function apply(language: Language): void {
  carried.language = language;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
apply(initial());

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  apply(language);
  await i18next.changeLanguage(language);
}

export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

export type Words<K extends string> = {
  /** A hook: the texts of this page in the language of the moment. */
  readonly use: () => (key: K, values?: Record<string, string | number>) => string;
};

/** Declares the texts of a page or a context: `const words = defineWords('fair', { title: ['需求', 'Demands'] })`. */
export function defineWords<K extends string>(name: string, texts: Record<K, Text>): Words<K> {
  const entries = Object.entries<Text>(texts);
  i18next.addResourceBundle('zh', name, Object.fromEntries(entries.map(([key, [zh]]) => [key, zh])));
  i18next.addResourceBundle('en', name, Object.fromEntries(entries.map(([key, [, en]]) => [key, en])));
  return {
    use: () => {
      const { t } = useTranslation(name);
      return (key, values) => t(key, { ...values, keySeparator: false, nsSeparator: false });
    },
  };
}

/** Which of the two texts is wanted now. Re-renders with the language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh';
}
