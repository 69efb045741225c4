import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { useLabels } from '../kit/labels';
import type { StoryLine } from '../kit/object-page';
import { minuteText } from '../kit/time';
import { useTermText } from './lead/listing-terms';

type Entry = Api['StoryEntryView'];

const TEXTS = {
  ListingDrafted: ['建立草稿', 'Drafted'],
  ListingDraftChanged: ['修改草稿', 'Draft changed'],
  ListingDraftDiscarded: ['废弃草稿', 'Draft discarded'],
  ListingActProposed: ['提请批准：{{act}}', 'Proposed: {{act}}'],
  ListingProposalDropped: ['撤回提请', 'Proposal withdrawn'],
  ListingPublished: ['发布', 'Published'],
  ListingAmended: ['变更：{{fields}}', 'Amended: {{fields}}'],
  QuotingDeadlineMoved: ['截止时间改到 {{at}}', 'Deadline moved to {{at}}'],
  ListingCancelled: ['撤销', 'Cancelled'],
  ListingVoided: ['作废', 'Voided'],
  OfferSubmitted: ['报价', 'Offered'],
  OfferRevised: ['修改报价', 'Offer revised'],
  OfferWithdrawn: ['撤回报价', 'Offer withdrawn'],
  OffersVoided: ['报价作废', 'Offer void'],
  QuotingClosed: ['报价截止', 'Quoting closed'],
  SecondRoundOpened: ['发起二次报价，{{at}} 截止', 'Second round opened, ends {{at}}'],
  SecondRoundClosed: ['二次报价截止', 'Second round closed'],
  SharesAwarded: ['定标', 'Awarded'],
  ShareReminderRecorded: ['提醒接单', 'Reminded to accept'],
  SharesAccepted: ['接单', 'Accepted'],
  SharesDeclined: ['谢绝', 'Declined'],
  ShareLapsed: ['逾期失效', 'Lapsed'],
  ShareRestReturned: ['退回未交付部分', 'Undelivered rest returned'],
  ListingConcluded: ['结束定标：{{result}}', 'Concluded: {{result}}'],
  QuestionAsked: ['有企业提问', 'A firm asked'],
  QuestionAnswered: ['答复提问', 'Question answered'],
  ConfidentialityPledged: ['签署保密承诺', 'Pledge given'],
  other: ['其他记录', 'Something else'],
  system: ['系统', 'The platform'],
  hidden: ['不公开', 'not shown'],
  share: ['{{who}} {{quantity}} {{unit}}', '{{who}} {{quantity}} {{unit}}'],
  reason: ['理由：{{reason}}', 'Reason: {{reason}}'],
  proposedBy: ['{{name}} 提出', 'proposed by {{name}}'],
  comma: ['、', ', '],
} as const;
const words = defineWords('listing-story', TEXTS);

const REASONS: Record<string, string> = {
  ListingCancelled: 'cancel-reason',
  SharesAwarded: 'award-reason',
  SharesDeclined: 'decline-reason',
};

/** The events of a listing in words, the latest first. */
export function useStoryLines(unit: string): (story: readonly Entry[]) => StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const { nameOf } = useTermText();
  const whatOf = ({ type, changed = [], deadline, result, reason }: Entry): string =>
    type in TEXTS
      ? t(type as keyof typeof TEXTS, {
          act: reason === undefined ? '' : label('proposed-act', reason),
          fields: changed.map(nameOf).join(t('comma')),
          at: deadline === undefined ? '' : minuteText(deadline),
          result: result === undefined ? '' : label('listing-status', result),
        })
      : t('other');
  const whoOf = ({ by, proposedByName }: Entry): string => {
    const firm =
      by.firm?.name ??
      (by.side === 'process' ? t('system') : by.side === 'hidden' ? t('hidden') : label('story-side', by.side));
    return [firm, by.name, proposedByName && t('proposedBy', { name: proposedByName })].filter(Boolean).join(' · ');
  };
  const whyOf = ({ type, reason, text, shares = [] }: Entry): string | undefined => {
    const kind = REASONS[type];
    const parts = [
      shares
        .flatMap(({ supplier, quantity }) =>
          supplier || quantity
            ? [t('share', { who: supplier?.name ?? '', quantity: withThousands(quantity ?? ''), unit }).trim()]
            : [],
        )
        .join(t('comma')),
      kind && reason ? t('reason', { reason: label(kind, reason) }) : undefined,
      text,
    ].filter(Boolean);
    return parts.length > 0 ? parts.join('；') : undefined;
  };
  return (story) =>
    story
      .map((entry) => {
        const why = whyOf(entry);
        return {
          key: entry.event,
          at: entry.at,
          who: whoOf(entry),
          what: whatOf(entry),
          ...(why && { why }),
        };
      })
      .reverse();
}
