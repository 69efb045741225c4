import { GROUNDS, MEANS, SIZES } from './policy-door-policy.rules';
import {
  amount,
  below,
  checked,
  day,
  list,
  matching,
  money,
  nullable,
  oneOf,
  positiveAmount,
  rate,
  record,
  refuse,
  signedMoney,
  text,
  valuesBy,
  year,
  type ReadOf,
} from './policy-door-shape.rules';

// The facts of a claim as they come to the door.

/** The events that made a value known. A value without them rests on the word of whoever wrote the facts. */
const rests = list(record({ event: text }, { stream: text, revision: text, recordedAt: text }));
export type Rests = ReadOf<typeof rests>;

const address = nullable(matching(/^(\d{6}|zone:[a-z-]+)$/, 'door-not-an-area'));

const enterpriseShape = record(
  {
    id: text,
    registration: address,
    plant: address,
    sizes: list(record({ from: day, size: oneOf(...SIZES) }, { rests })),
    lists: list(
      checked(record({ from: day, to: day }, { rests }), 'bounds inclusive', ({ from, to }, path) => {
        if (from > to) refuse('door-period-backwards', below(path, 'to'));
      }),
    ),
    holders: list(record({ from: day, list: list(record({ id: text, share: rate })) }, { rests })),
  },
  { subsidiaryOf: list(record({ from: day, lead: text }, { to: day, rests })), rests },
);

const orderShape = record(
  {
    id: text,
    lead: text,
    supplier: text,
    kind: oneOf('goods', 'processing'),
    contractDate: day,
    vatRate: rate,
    deliveries: list(record({ date: day, net: amount }, { rests })),
    invoices: list(record({ number: text, date: day, net: amount }, { redOf: text, rests })),
    payments: list(record({ date: day, gross: amount }, { means: oneOf(...MEANS), maturity: day, rests })),
  },
  { rests },
);

/** New preferential loans alone are subsidised: neither an `ordinary` one, nor one that renews an older loan 借新还旧. */
export const LOAN_KINDS = ['preferential', 'ordinary', 'renewal'] as const;

/** The day of drawing bears interest, the day of a repayment or of falling due does not. Without a `kind` it is preferential. */
const loanShape = record(
  {
    id: text,
    borrower: text,
    contractDate: day,
    amount: positiveAmount,
    drawnOn: day,
    rates: list(record({ from: day, rate }, { rests })),
    repayments: list(record({ date: day, principal: positiveAmount }, { rests })),
  },
  { kind: oneOf(...LOAN_KINDS), dueOn: day, relendingRates: list(record({ from: day, rate }, { rests })), rests },
);

export const factsShape = record(
  {
    asOf: day,
    beneficiary: text,
    round: text,
    year,
    enterprises: list(enterpriseShape),
    orders: list(orderShape),
    usedInvoices: list(text),
    earlierAwards: list(record({ scheme: text, round: text, year, amount: signedMoney }, { rests })),
  },
  {
    sales: valuesBy(/^\d{4}$/, positiveAmount),
    loans: list(loanShape),
    findings: list(record({ ground: oneOf(...GROUNDS), from: day }, { to: day, rests })),
    budget: record({}, { scale: rate, left: money, rests }),
    /** Invoices, or loans, that a proposal counted: computed again, a claim is worth what these still bear. Nothing else counts. */
    proposed: list(text),
    rests: record({}, { sales: valuesBy(/^\d{4}$/, rests), usedInvoices: valuesBy(/^.{1,200}$/u, rests) }),
  },
);
export type DoorFacts = ReadOf<typeof factsShape>;
export type DoorEnterprise = ReadOf<typeof enterpriseShape>;
export type DoorOrder = ReadOf<typeof orderShape>;
export type DoorLoan = ReadOf<typeof loanShape>;
