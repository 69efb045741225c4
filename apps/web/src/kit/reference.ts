import { useMemo } from 'react';
import { useGet } from '../api/queries';
import { useLanguage } from '../app/language';

const RARELY = { staleTime: 3_600_000 };

/** Offices and counties by code, with their names in the reader's language. */
export function useAreas() {
  const language = useLanguage();
  const { data } = useGet('/api/areas', {}, RARELY);
  return useMemo(() => {
    const areas = data?.items ?? [];
    const names = new Map(areas.map((area) => [area.area, area[language]]));
    return {
      areaName: (code: string | undefined): string => (code === undefined ? '' : (names.get(code) ?? code)),
      options: areas.map((area) => ({ value: area.area, label: area[language] })),
    };
  }, [data, language]);
}

/** Industries of GB/T 4754-2017 by code; their names exist in Chinese only. */
export function useIndustries() {
  const { data } = useGet('/api/industries', {}, RARELY);
  return useMemo(() => {
    const items = data?.items ?? [];
    const names = new Map(items.map(({ code, zh }) => [code, zh]));
    return {
      // Where the full table was not imported, a class is shown by its division, which is the beginning of its code.
      industryName: (code: string | undefined): string => {
        if (code === undefined) return '';
        const shown = [code.length, 3, 2]
          .map((length) => names.get(code.slice(0, length)))
          .find((name) => name !== undefined);
        return shown ?? code;
      },
      options: items.map(({ code, zh }) => ({ value: code, label: `${code} ${zh}` })),
    };
  }, [data]);
}

/** Units of UN/CEFACT Rec 20 with their Chinese names. */
export function useUnits() {
  const language = useLanguage();
  const { data } = useGet('/api/units', {}, RARELY);
  return useMemo(() => {
    const items = data?.items ?? [];
    return {
      units: items,
      options: items.map(({ code, zh, en }) => ({
        value: code,
        label: language === 'zh' ? zh.join(' / ') : `${zh[0]} ${en}`,
        name: zh[0] ?? code,
      })),
    };
  }, [data, language]);
}
