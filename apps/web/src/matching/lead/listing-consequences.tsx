import { Alert } from 'antd';
import type { Answer, Asked } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords, useLanguage } from '../../app/language';
import { Loading, Trouble } from '../../kit/page-state';

const words = defineWords('consequences', {
  told: ['已报价的 {{count}} 家企业会立刻收到通知。', 'The {{count}} firms that offered are told at once.'],
  nobody: ['还没有企业报价，不用通知谁。', 'Nobody has offered, so nobody is told.'],
  sealed: [
    '收到的 {{count}} 份报价永远密封，谁也看不到，贵企业也看不到。',
    'The {{count}} offers stay sealed for ever: nobody will see them, nor will you.',
  ],
  shares: ['{{count}} 份等待接单的份额随之失效。', '{{count}} shares that wait for acceptance end with it.'],
  losers: [
    '{{count}} 家未选企业收到“未中选”和原因类别，看不到别家的价格。',
    '{{count}} firms are told that they were not chosen and why, without a figure.',
  ],
  questions: ['{{count}} 个提问和答复会带到新需求。', '{{count}} questions and answers go over to the new demand.'],
  second: ['要等另一位同事批准后才生效。', 'Another person of your firm must approve it first.'],
});

type Route = '/api/listings/{listing}/consequences';
export type Act = NonNullable<Asked<Route, 'get'>['query']>['act'];
export type Foreseen = Answer<Route, 'get'>;

export const useConsequences = (listing: string, act: Act) =>
  useGet('/api/listings/{listing}/consequences', { path: { listing }, query: { act } }, { staleTime: 0 });

/** What an act will do and whom it reaches, said by the rules that carry it out. */
export function Consequences({ query }: { query: ReturnType<typeof useConsequences> }) {
  const t = words.use();
  const language = useLanguage();
  if (query.error) return <Trouble problem={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const { act, allowed, refused, secondPerson, offers, sealedForEver, sharesEnded, notChosen, questionsKept } =
    query.data;
  if (!allowed && refused) return <Alert type="warning" showIcon title={refused[language]} />;
  const tells = act !== 'conclude' && act !== 'second-round';
  return (
    <ul className="faults">
      {tells && <li>{offers > 0 ? t('told', { count: offers }) : t('nobody')}</li>}
      {sealedForEver && <li>{t('sealed', { count: offers })}</li>}
      {sharesEnded > 0 && <li>{t('shares', { count: sharesEnded })}</li>}
      {notChosen > 0 && <li>{t('losers', { count: notChosen })}</li>}
      {questionsKept > 0 && <li>{t('questions', { count: questionsKept })}</li>}
      {secondPerson && <li>{t('second')}</li>}
    </ul>
  );
}
