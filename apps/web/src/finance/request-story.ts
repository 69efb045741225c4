import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { useLabels } from '../kit/labels';
import type { StoryLine } from '../kit/object-page';

type Request = Api['FinanceRequestView'];

const words = defineWords('finance-request-story', {
  withAdvisers: ['金融顾问', 'the advisers'],
  withBanks: ['银行', 'the banks'],
  firm: ['申请企业', 'the firm'],
  asked: ['提出申请', 'Asked'],
  advised: ['顾问给出建议', 'Advised'],
  answered: ['银行答复：{{what}}', 'A bank answered: {{what}}'],
  granted: ['银行登记已获批', 'Granted by the bank'],
});

/** What is known with its time, the latest first. */
export function useStory(of: Request): StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const lines: StoryLine[] = [
    { key: 'asked', at: of.requestedAt, who: of.borrower.name ?? t('firm'), what: t('asked') },
    ...of.advice.map(({ advice, at, by, text }) => {
      return { key: advice, at, who: by.name ?? t('withAdvisers'), what: t('advised'), why: text };
    }),
    ...of.answers.map(({ answer, at, bank, kind, reason }) => ({
      key: answer,
      at,
      who: bank.name ?? t('withBanks'),
      what: t('answered', { what: label('bank-answer', kind) }),
      why: reason && label('bank-refusal', reason),
    })),
    ...(of.grant
      ? [{ key: 'granted', at: of.grant.at, who: of.grant.bank.name ?? t('withBanks'), what: t('granted') }]
      : []),
  ];
  return lines.reverse().sort((one, other) => other.at.localeCompare(one.at));
}
