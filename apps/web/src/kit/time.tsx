import { useEffect, useState, useSyncExternalStore } from 'react';
import { defineWords } from '../app/language';

// Times are those of the platform, in Shanghai, wherever the browser stands.
const PARTS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** 2020-02-20 17:00, in Shanghai. */
export const minuteText = (at: string | Date): string => PARTS.format(new Date(at));
/** 2020-02-20, in Shanghai. */
export const dayText = (at: string | Date): string => DAY.format(new Date(at));
/** The instant of a wall-clock minute `2020-02-20 17:00` in Shanghai, as the API wants it. Shanghai has had no summer time since 1991. */
export const instantOf = (minute: string): string => new Date(`${minute.replace(' ', 'T')}:00+08:00`).toISOString();

/** A deadline: what ends with a day ends at 24:00 of it, not at 00:00 of the next. */
export const dueText = (at: string): string => {
  const text = minuteText(at);
  return text.endsWith(' 00:00') ? `${dayText(new Date(new Date(at).getTime() - 1))} 24:00` : text;
};

const Due = ({ at }: { at: string }) => (
  <time dateTime={at} className="figure">
    {dueText(at)}
  </time>
);

export const Moment = ({ at }: { at: string }) => (
  <time dateTime={at} className="figure">
    {minuteText(at)}
  </time>
);

// The platform's clock may be a set one (演示时间): what remains is counted by it and not by the device's.
let offset = 0;
const listeners = new Set<() => void>();
export function setPlatformTime(now: string): void {
  offset = new Date(now).getTime() - Date.now();
  for (const tell of listeners) tell();
}
const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};
export const platformNow = (): number => Date.now() + offset;

function useNow(every: number): number {
  useSyncExternalStore(subscribe, () => offset);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return platformNow();
}

const words = defineWords('clock', {
  days: ['{{days}} 天 {{hours}} 小时', '{{days}} d {{hours}} h'],
  hours: ['{{hours}} 小时 {{minutes}} 分', '{{hours}} h {{minutes}} min'],
  minutes: ['{{minutes}} 分钟', '{{minutes}} min'],
  left: ['还剩 {{span}}', '{{span}} left'],
  past: ['已过 {{span}}', '{{span}} ago'],
});

const MINUTE = 60_000;
const SOON = 24 * 60 * MINUTE;

/** A clock that runs out: the moment and what remains; the accent colour from 24 hours before. */
export function Clock({ due, label }: { due: string; label?: string }) {
  const t = words.use();
  const now = useNow(20_000);
  const rest = new Date(due).getTime() - now;
  const minutes = Math.floor(Math.abs(rest) / MINUTE);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const span =
    days > 0
      ? t('days', { days, hours })
      : hours > 0
        ? t('hours', { hours, minutes: minutes % 60 })
        : t('minutes', { minutes });
  return (
    <span className={rest > 0 && rest < SOON ? 'clock clock-soon' : 'clock'}>
      {label ? `${label} ` : ''}
      <Due at={due} /> <span className="clock-rest">{t(rest > 0 ? 'left' : 'past', { span })}</span>
    </span>
  );
}
