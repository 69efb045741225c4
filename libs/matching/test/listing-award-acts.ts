import { instantText } from '@app/kernel';
import fc from 'fast-check';
import type { ListingCommand } from '../src/listing.decider';
import { asked, award, firm, lead } from '../src/testing';
import { Act, Answer, at, DAY, FIRMS, firms, MINUTE, Model, ModelShare, quantities } from './listing-model';

// The acts after the close: second round, awards, answers, conclusion.

export const openRound = fc.subarray([...FIRMS]).map((named): Act => {
  const ids = (model: Model) => named.map((n) => model.standing(n)?.id ?? `O${n}`);
  return {
    name: 'open-round',
    command: (model) => ({
      type: 'OpenSecondRound',
      by: lead,
      offers: ids(model),
      deadline: instantText(model.now + DAY - (model.now % MINUTE)),
      at: at(model),
    }),
    expect(model) {
      if (model.phase !== 'closed' || model.round || model.shares.length > 0 || named.length === 0) return 'refused';
      if (named.some((n) => !model.standing(n))) return 'refused';
      model.round = { named: ids(model), deadline: model.now + DAY - (model.now % MINUTE), open: true };
      return 'done';
    },
  };
});

export const closeRound = fc.nat(3).map((hurry): Act => ({
  name: 'close-round',
  command(model) {
    if (hurry < 3 && model.round) model.now = Math.max(model.now, model.round.deadline);
    return { type: 'CloseSecondRound', deadline: instantText(model.round?.deadline ?? 0), at: at(model) };
  },
  expect(model) {
    if (model.phase !== 'closed' || !model.round?.open || model.now < model.round.deadline) return 'nothing';
    model.round.open = false;
    model.quiet = model.now;
    return 'done';
  },
}));

/** Shares of what is still free, or of some other quantity; mostly for an offer that there is. */
export const awardActs = fc.array(fc.tuple(fc.nat(9), quantities), { minLength: 1, maxLength: 2 }).map((parts): Act => {
  const shares = (model: Model) => {
    const standing = model.offers.filter(({ gone }) => !gone);
    return parts.map(([n, drawn], i) => {
      const offer = standing[n % Math.max(1, standing.length)];
      const free = Math.min(model.quantity - model.live(), (offer?.quantity ?? 1) - model.live(offer?.id));
      const quantity = drawn === 100 && free > 0 ? free : Math.ceil(drawn / 3);
      return { id: `S${model.shares.length + i}`, offer: n === 9 ? 'O0' : (offer?.id ?? 'O0'), quantity };
    });
  };
  return {
    name: 'award',
    command: (model) => ({
      ...award(shares(model).map(({ id, offer, quantity }) => ({ ...asked(id, 0, `${quantity}`), offer }))),
      at: at(model),
    }),
    expect(model) {
      if (!model.awarding()) return 'refused';
      const before = [...model.shares];
      const wanted = model.quantity - model.live();
      for (const { id, offer: offerId, quantity } of shares(model)) {
        const offer = model.offers.find((one) => one.id === offerId);
        const until = model.now + DAY;
        model.shares.push({ id, offer: offerId, quantity, state: 'offered', until, reminded: false, givenBack: 0 });
        const allowed =
          offer &&
          quantity >= offer.lot &&
          (!model.whole || quantity === wanted) &&
          model.live(offerId) <= offer.quantity &&
          model.live() <= model.quantity;
        if (!allowed) {
          model.shares = before;
          return 'refused';
        }
      }
      model.quiet = model.now;
      return 'done';
    },
  };
});

/** An act on the n-th share, if there is one. */
const onShare = (
  name: string,
  command: (share: ModelShare, by: ReturnType<typeof firm>, model: Model) => ListingCommand,
  expectation: (share: ModelShare, model: Model) => Answer,
) =>
  fc.nat(5).map((n): Act => {
    const shareOf = (model: Model) => model.shares[n % Math.max(1, model.shares.length)];
    return {
      name,
      command(model) {
        const share = shareOf(model);
        return share && command(share, firm(model.offers.find(({ id }) => id === share.offer)!.firm), model);
      },
      expect: (model) => expectation(shareOf(model)!, model),
    };
  });

const settle =
  (done: string) =>
  (share: ModelShare, model: Model): Answer => {
    if (share.state === done) return 'nothing';
    if (share.state !== 'offered' || (share.reminded && model.now >= share.until)) return 'refused';
    share.state = done;
    model.quiet = model.now;
    model.everAccepted ||= done === 'accepted';
    return 'done';
  };
export const accept = onShare(
  'accept',
  ({ id }, by, model) => ({ type: 'AcceptShares', by, shares: [id], standing: 'confirmed', at: at(model) }),
  settle('accepted'),
);
export const decline = onShare(
  'decline',
  ({ id }, by, model) => ({ type: 'DeclineShares', by, shares: [id], reason: 'capacity', at: at(model) }),
  settle('declined'),
);
export const remind = onShare(
  'remind',
  ({ id }, _, model) => ({ type: 'RecordShareReminder', share: id, at: at(model) }),
  (share, model) => {
    if (share.state !== 'offered' || share.reminded) return 'nothing';
    share.reminded = true;
    share.until = Math.max(share.until, model.now + 120 * MINUTE);
    return 'done';
  },
);
export const lapse = onShare(
  'lapse',
  ({ id, until, reminded }, _, model) => {
    if (reminded) model.now = Math.max(model.now, until);
    return { type: 'LapseShare', share: id, acceptBy: instantText(until), at: at(model) };
  },
  (share, model) => {
    if (share.state !== 'offered' || model.now < share.until) return 'nothing';
    if (!share.reminded) return 'refused';
    share.state = 'lapsed';
    model.quiet = model.now;
    return 'done';
  },
);

/** An order gives back this many parts in five of what a share holds, or more than that: 6 of 5. */
export const giveBack = fc.tuple(fc.nat(5), fc.constantFrom(1, 2, 5, 6), fc.boolean()).map(([n, parts, again]): Act => {
  const shareOf = (model: Model) => model.shares[n % Math.max(1, model.shares.length)];
  const returns = ({ quantity, givenBack }: ModelShare) => ({
    // Said a second time, it is the same fact: an earlier one if there was any.
    fact: `F${again ? 1 : givenBack + 1}`,
    quantity: Math.ceil((Math.max(quantity, 1) * parts) / 5),
  });
  return {
    name: 'give-back',
    command(model) {
      const share = shareOf(model);
      if (!share) return undefined;
      const { fact, quantity } = returns(share);
      return { type: 'ReturnRest', share: share.id, order: 'O', fact, quantity: `${quantity}`, at: at(model) };
    },
    expect(model) {
      const share = shareOf(model)!;
      const { quantity } = returns(share);
      if (share.state !== 'accepted' || (again && share.givenBack > 0)) return 'nothing';
      if (quantity > share.quantity) return 'refused';
      share.quantity -= quantity;
      share.givenBack += 1;
      model.quiet = model.now;
      if (model.phase === 'concluded') model.phase = 'closed';
      return 'done';
    },
  };
});

export const conclude = fc.constant<Act>({
  name: 'conclude',
  command: (model) => ({ type: 'ConcludeListing', by: lead, at: at(model) }),
  expect(model) {
    if (model.phase === 'concluded') return 'nothing';
    if (!model.awarding() || model.waiting() > 0) return 'refused';
    model.phase = 'concluded';
    return 'done';
  },
});
export const quiet = fc.constant<Act>({
  name: 'quiet',
  command: (model) => ({ type: 'ConcludeQuietListing', since: instantText(model.quiet), at: at(model) }),
  expect(model) {
    if (!model.awarding() || model.waiting() > 0 || model.now < model.quiet + 30 * DAY) return 'nothing';
    model.phase = 'concluded';
    return 'done';
  },
});
export const cancel = fc.constant<Act>({
  name: 'cancel',
  command: (model) => ({ type: 'CancelListing', by: lead, at: at(model), reason: 'supply-found' }),
  expect(model) {
    if (model.phase === 'cancelled') return 'nothing';
    if (model.everAccepted || model.phase === 'concluded') return 'refused';
    model.phase = 'cancelled';
    for (const share of model.shares) if (share.state === 'offered') share.state = 'cancelled';
    return 'done';
  },
});
export const voidFirm = firms.map((n): Act => ({
  name: 'void',
  command: (model) => ({ type: 'VoidRegistration', registration: firm(n).registration, at: at(model) }),
  expect(model) {
    const mine = model.offers.filter((offer) => offer.firm === n);
    const offers = mine.filter(({ gone }) => !gone);
    const shares = model.shares.filter(
      ({ offer, state }) => mine.some(({ id }) => id === offer) && (state === 'offered' || state === 'accepted'),
    );
    if (offers.length + shares.length === 0) return 'nothing';
    for (const offer of offers) offer.gone = true;
    for (const share of shares) share.state = 'voided';
    model.quiet = model.now;
    if (model.phase === 'concluded' && shares.length > 0) model.phase = 'closed';
    return 'done';
  },
}));
