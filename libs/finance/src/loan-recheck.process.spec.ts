import { recorded } from '@testing/projections';
import { LoanRecheckProcess } from './loan-recheck.process';
import type { LoanEvent } from './loan-story.rules';
import {
  corrected,
  disputed,
  entryStruck,
  evidenced,
  handedOver,
  loanConfirmed,
  loanStruck,
  rateChanged,
  repaid,
} from './testing';

/** It plans by the event alone: whose loan it is, is looked up when it is carried out. */
const process = new LoanRecheckProcess(undefined as never, undefined as never);
const heard = (event: LoanEvent) => {
  const [told] = recorded<LoanEvent>(['loan-L1', event]);
  return process.filter.types.includes(event.type) ? process.react(told!) : [];
};

it.each<LoanEvent>([
  evidenced(),
  corrected('C1'),
  rateChanged('E1', '2020-06-01', '0.03'),
  repaid('E2', '2020-06-01', '1000'),
  entryStruck('E1'),
  loanStruck(),
  loanConfirmed(),
  disputed('D1'),
])('$type changes what the borrower’s interest claims are worth', (event) =>
  expect(heard(event)).toMatchObject([{ task: { loan: 'L1' } }]),
);

it('another account of the bank changes nothing', () => expect(heard(handedOver('b2'))).toEqual([]));
