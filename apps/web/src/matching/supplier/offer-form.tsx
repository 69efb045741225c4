import { Form } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import type { Api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft, type Draft } from '../../kit/drafts';
import { minuteText } from '../../kit/time';
import { WriteForm } from '../../kit/write-form';
import { OfferFields } from './offer-fields';
import { isAbove, sentTerms, type OfferTerms, type TypedTerms } from './offer-terms';
import { SealedNote } from './sealed-note';
import { SendingNote } from './sending-note';
import { useSending } from './use-sending';
import { WithdrawOffer } from './withdraw-offer';

const words = defineWords('offer-form', {
  submit: ['提交报价', 'Submit the offer'],
  revise: ['提交修改', 'Submit the new terms'],
  second: ['提交二次报价', 'Submit the second offer'],
  consequence: [
    '立即收到回执。{{at}} 截止前可修改、撤回。',
    'You get a receipt at once, and may revise or withdraw until {{at}}.',
  ],
  consequenceSecond: [
    '提交后以新单价参加定标，不能再改回原价。',
    'From then on the new price counts; it cannot go up again.',
  ],
});

/** What is being done: a first offer, other terms for a standing one, or a lower price in a second round. */
export type Occasion =
  | { readonly kind: 'first'; readonly listing: string; readonly terms: TypedTerms }
  | {
      readonly kind: 'revise' | 'second';
      readonly listing: string;
      readonly offer: string;
      readonly terms: OfferTerms;
    };

/** The form's shape is the body's. `sent` says that this very content went out and no answer came. */
export type KeptOffer = { readonly offer: string; readonly terms: TypedTerms; readonly sent?: boolean };

/** A first offer has one draft; each later change of a standing one has its own. */
export const draftName = (account: string, listing: string, change = 'first'): string =>
  `offer.${account}.${listing}.${change}`;

const OVERTAKEN = new Set(['offer-standing-already', 'offer-id-taken', 'offer-not-standing']);

export function OfferForm({
  listing,
  occasion,
  onSent,
}: {
  listing: Api['ListingView'];
  occasion: Occasion;
  /** Told of a first offer's id as it is sent. */
  onSent: (offer: string) => void;
}) {
  const t = words.use();
  const go = useNavigate();
  const client = useQueryClient();
  const { account } = useSignedIn();
  const [form] = Form.useForm<KeptOffer>();
  const standing = occasion.kind === 'first' ? undefined : occasion.offer;
  const draft = useDraft<KeptOffer>(draftName(account, listing.listing, standing && `${standing}.${occasion.kind}`));
  // Made once for each draft: the same offer, however often its sending is tried.
  const [offer] = useState(() => standing ?? draft.kept?.offer ?? crypto.randomUUID());
  const received = (answer: Api['ReceiptAnswer']): void => {
    draft.forget();
    void go(`/my-offers/${answer.offer}`, { state: { received: answer.receipt } });
  };
  const refused = ({ code }: Problem): void => {
    // An earlier try had arrived after all, or a colleague was faster: what stands is read again and shown.
    if (!OVERTAKEN.has(code)) {
      // It was answered, and is not to be sent again by itself when the page is opened the next time.
      draft.save({ offer, terms: form.getFieldsValue().terms });
      return;
    }
    draft.forget();
    void client.invalidateQueries();
  };
  const options = { onDone: received, onRefused: refused, keys: draft.keys };
  const first = useSending('post', '/api/listings/{listing}/offers', options);
  const change = useSending('put', '/api/listings/{listing}/offers/{offer}', options);
  const sending = standing === undefined ? first : change;
  const send = (typed: TypedTerms): void => {
    const terms = sentTerms(typed);
    draft.save({ offer, terms: typed, sent: true });
    const path = { listing: listing.listing };
    if (standing === undefined) {
      onSent(offer);
      first.send({ path, body: { offer, terms } });
    } else change.send({ path: { ...path, offer: standing }, body: { terms } });
  };
  const submit = ({ terms }: KeptOffer): void => {
    // The server refuses it as well; saying so at once spares a round trip that may be slow.
    if (occasion.kind === 'second' && isAbove(terms.unitPrice, occasion.terms.unitPrice)) {
      (form.getFieldInstance(['terms', 'unitPrice'] as never) as { focus?: () => void } | undefined)?.focus?.();
      return;
    }
    send(terms);
  };
  useSentBefore(draft, send);
  const initial: Partial<KeptOffer> = { terms: occasion.terms };
  const keeping: Draft<KeptOffer> = { ...draft, save: ({ terms }) => draft.save({ offer, terms }) };
  const at = minuteText(listing.terms.quotingDeadline ?? '');
  return (
    <WriteForm
      form={form}
      initial={initial}
      draft={keeping}
      onSubmit={submit}
      pending={sending.underWay}
      problem={sending.refused}
      submit={t(occasion.kind === 'first' ? 'submit' : occasion.kind === 'revise' ? 'revise' : 'second')}
      consequence={occasion.kind === 'second' ? t('consequenceSecond') : t('consequence', { at })}
      extra={
        occasion.kind === 'revise' && (
          <WithdrawOffer listing={listing.listing} offer={occasion.offer} deadline={listing.terms.quotingDeadline} />
        )
      }
    >
      <OfferFields
        form={form}
        listing={listing.terms}
        bound={occasion.kind === 'second' ? occasion.terms : undefined}
        open={occasion.terms.vatRate === undefined}
      />
      <SealedNote />
      {sending.waits && <SendingNote again={sending.again} />}
    </WriteForm>
  );
}

/** A page that is opened again sends what had gone out without an answer: it is the same command, and counts once. */
function useSentBefore(draft: Draft<KeptOffer>, send: (terms: TypedTerms) => void): void {
  const [before] = useState(() => (draft.kept?.sent ? draft.kept.terms : undefined));
  const done = useState({ sent: false })[0];
  useEffect(() => {
    if (before === undefined || done.sent) return;
    done.sent = true;
    send(before);
  });
}
