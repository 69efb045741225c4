import { instantText, instantTime } from '@app/kernel';
import fc from 'fast-check';
import type { ListingCommand } from '../src/listing.decider';
import { DEADLINE, firm, lead, listingTerms, MORNING, offerTerms } from '../src/testing';

// A model that knows the domain's rules as plain loops over whole numbers, and the acts of the time of quoting told to both
// it and the decider.

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const FIRMS = [1, 2, 3, 4] as const;
export type Answer = 'refused' | 'nothing' | 'done';

export type ModelOffer = {
  id: string;
  firm: number;
  quantity: number;
  lot: number;
  price: number;
  bound: number;
  gone: boolean;
};
export type ModelShare = {
  id: string;
  offer: string;
  quantity: number;
  state: string;
  until: number;
  reminded: boolean;
  givenBack: number;
};

export class Model {
  now = instantTime(MORNING);
  deadline = instantTime(DEADLINE);
  phase: 'quoting' | 'closed' | 'concluded' | 'cancelled' = 'quoting';
  offers: ModelOffer[] = [];
  set: string[] = [];
  round?: { named: string[]; deadline: number; open: boolean };
  shares: ModelShare[] = [];
  everAccepted = false;
  quiet = 0;

  constructor(
    public quantity: number,
    readonly whole: boolean,
  ) {}

  standing = (n: number) => this.offers.find((offer) => offer.firm === n && !offer.gone);
  live = (offer?: string) =>
    this.shares
      .filter(({ state }) => state === 'offered' || state === 'accepted')
      .filter((share) => offer === undefined || share.offer === offer)
      .reduce((total, share) => total + share.quantity, 0);
  waiting = () => this.shares.filter(({ state }) => state === 'offered').length;
  taking = () => this.phase === 'quoting' && this.now < this.deadline;
  awarding = () => this.phase === 'closed' && !this.round?.open;
}

/** One act: what the decider is told, and what the model makes of it. */
export type Act = {
  name: string;
  command: (model: Model) => ListingCommand | undefined;
  expect: (model: Model) => Answer;
};
export const at = (model: Model) => instantText(model.now);
const fits = (model: Model, quantity: number, lot: number) =>
  quantity <= model.quantity && (!model.whole || quantity === model.quantity) && lot <= quantity;

export const quantities = fc.oneof(fc.constant(100), fc.integer({ min: 20, max: 110 }));
export const firms = fc.constantFrom(...FIRMS);
const terms = (quantity: number, price: number, lot: number) =>
  offerTerms({ quantity: `${quantity}`, unitPrice: `${price}`, minimumLot: `${lot}` });

export const submit = fc
  .tuple(firms, quantities, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 15 }))
  .map(([n, drawn, price, lot]): Act => {
    const quantity = (model: Model) => (drawn === 100 || model.whole ? model.quantity : drawn);
    return {
      name: 'submit',
      command: (model) => ({
        type: 'SubmitOffer',
        offer: `O${n}-${model.offers.length}`,
        by: firm(n),
        terms: terms(quantity(model), price, lot),
        receivedAt: at(model),
        standing: 'confirmed',
      }),
      expect(model) {
        if (!model.taking() || model.standing(n) || !fits(model, quantity(model), lot)) return 'refused';
        const id = `O${n}-${model.offers.length}`;
        model.offers.push({ id, firm: n, quantity: quantity(model), lot, price, bound: price, gone: false });
        return 'done';
      },
    };
  });

export const revise = fc.tuple(firms, fc.integer({ min: -4, max: 4 }), fc.nat(4)).map(([n, change, more]): Act => {
  const next = ({ price, quantity }: ModelOffer) =>
    [Math.max(1, price + change), quantity + (more === 4 ? 1 : 0)] as const;
  return {
    name: 'revise',
    command(model) {
      const offer = model.standing(n);
      if (!offer) return undefined;
      const [price, quantity] = next(offer);
      const { id, lot } = offer;
      const body = { by: firm(n), terms: terms(quantity, price, lot), receivedAt: at(model) };
      return { type: 'ReviseOffer', offer: id, ...body };
    },
    expect(model) {
      const offer = model.standing(n)!;
      const [price, quantity] = next(offer);
      const named = model.phase === 'closed' && model.round?.named.includes(offer.id) ? model.round : undefined;
      if (named) {
        if (!named.open || model.now >= named.deadline || price > offer.bound) return 'refused';
      } else if (!model.taking()) return 'refused';
      if (!fits(model, quantity, offer.lot)) return 'refused';
      if (price === offer.price && quantity === offer.quantity) return 'nothing';
      Object.assign(offer, { price, quantity, ...(named ? {} : { bound: price }) });
      return 'done';
    },
  };
});

export const withdraw = firms.map((n): Act => ({
  name: 'withdraw',
  command: (model) => {
    const offer = model.standing(n);
    return offer && { type: 'WithdrawOffer', offer: offer.id, by: firm(n), receivedAt: at(model) };
  },
  expect(model) {
    if (!model.taking()) return 'refused';
    model.standing(n)!.gone = true;
    return 'done';
  },
}));

export const wait = fc.constantFrom(MINUTE, 60 * MINUTE, 9 * 60 * MINUTE, DAY, 31 * DAY).map((time): Act => ({
  name: 'wait',
  command: () => undefined,
  expect(model) {
    model.now += time;
    return 'nothing';
  },
}));

export const extend = fc.integer({ min: -60, max: 120 }).map((minutes): Act => {
  const deadline = (model: Model) => model.deadline + minutes * MINUTE;
  return {
    name: 'extend',
    command: (model) => ({ type: 'ExtendQuoting', by: lead, at: at(model), deadline: instantText(deadline(model)) }),
    expect(model) {
      if (!model.taking() || minutes < 0) return 'refused';
      if (minutes === 0) return 'nothing';
      model.deadline = deadline(model);
      return 'done';
    },
  };
});

export const amend = quantities.map((quantity): Act => ({
  name: 'amend',
  command: (model) => ({
    type: 'AmendListing',
    by: lead,
    account: 'anna',
    at: at(model),
    proposal: 'P',
    secondPerson: false,
    terms: listingTerms({
      quantity: `${quantity}`,
      partsAccepted: !model.whole,
      quotingDeadline: instantText(model.deadline),
    }),
  }),
  expect(model) {
    if (!model.taking()) return 'refused';
    if (quantity === model.quantity) return 'nothing';
    if (model.offers.length > 0 && (model.whole || quantity < model.quantity)) return 'refused';
    model.quantity = quantity;
    return 'done';
  },
}));

export const close = fc.nat(5).map((hurry): Act => ({
  name: 'close',
  command(model) {
    if (hurry < 5) model.now = Math.max(model.now, model.deadline);
    return { type: 'CloseQuoting', deadline: instantText(model.deadline), at: at(model) };
  },
  expect(model) {
    if (model.phase !== 'quoting' || model.now < model.deadline) return 'nothing';
    model.phase = 'closed';
    model.set = model.offers.filter(({ gone }) => !gone).map(({ id }) => id);
    model.quiet = model.now;
    return 'done';
  },
}));
