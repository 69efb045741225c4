import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { useLabels } from '../kit/labels';
import type { StoryLine } from '../kit/object-page';
import type { ClaimView } from './claim-next';
import { useLevelName } from './round-funds';

const words = defineWords('claim-story', {
  system: ['系统', 'The platform'],
  minutes: ['会议纪要 {{text}}', 'minutes {{text}}'],
  document: ['文号 {{text}}', 'document {{text}}'],
  receipt: ['银行回单 {{text}}', "bank's receipt {{text}}"],
  award: ['{{award}} 元', '{{award}} yuan'],
  offset: ['抵扣 {{amount}} 元', '{{amount}} yuan kept back'],
});

type Step = ClaimView['steps'][number];

/** The events of a claim in words, the latest first: who, when, what and why. */
export function useClaimStory({ steps }: Pick<ClaimView, 'steps'>): StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const levelName = useLevelName();
  const who = ({ by }: Step): string => {
    if (!by) return t('system');
    const office = by.area === undefined ? undefined : levelName(by.area);
    return [by.firm?.name, office, by.role && label('role', by.role), by.name].filter(Boolean).join(' ');
  };
  const said = (details: Step['details'], name: 'minutes' | 'document' | 'receipt'): string | undefined => {
    const text = details[name];
    return typeof text === 'string' ? t(name, { text }) : undefined;
  };
  const result = ({ type, details }: Step): string | undefined => {
    if (typeof details.result !== 'string') return undefined;
    if (type === 'RelationChecked') return label('claim-relation', details.result);
    return type === 'ObjectionDecided' ? label('objection-state', details.result) : undefined;
  };
  return [...steps].reverse().map((step) => ({
    key: step.event,
    at: step.at,
    who: who(step),
    what: label('claim-event', step.type),
    why:
      [
        step.type.startsWith('AwardOffset') &&
          typeof step.details.amount === 'string' &&
          t('offset', { amount: withThousands(step.details.amount) }),
        step.grounds && t('award', { award: withThousands(step.grounds.award) }),
        result(step),
        said(step.details, 'minutes'),
        said(step.details, 'document'),
        said(step.details, 'receipt'),
        step.reason,
        step.text,
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
  }));
}
