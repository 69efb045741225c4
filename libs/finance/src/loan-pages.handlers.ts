import { addDays, Clock, shanghaiDay } from '@app/kernel';
import { interestShare, interestStretches } from '@app/subsidies';
import { Injectable } from '@nestjs/common';
import type { InterestView, LoanLine, LoanStoryEntry, LoanView } from './finance-answer.rules';
import { FinanceReaders } from './finance-readers.handlers';
import { FinanceTexts } from './finance-texts.handlers';
import type { LoanRow, LoansWhose } from './loans.view';

/** Loans as their list and page show them, with the interest that accrued by yesterday. */
@Injectable()
export class LoanPages {
  constructor(
    private readonly readers: FinanceReaders,
    private readonly texts: FinanceTexts,
    private readonly clock: Clock,
  ) {}

  async lines(rows: readonly LoanRow[]): Promise<(row: LoanRow) => LoanLine> {
    const [firm, person] = await Promise.all([
      this.readers.firms(rows.map(({ borrower }) => borrower)),
      this.readers.people(rows.map(({ bank }) => bank)),
    ]);
    const today = shanghaiDay(this.clock.now());
    return (row) => ({
      loan: row.loan,
      borrower: firm(row.borrower),
      bank: person(row.bank),
      lender: row.lender,
      terms: row.terms,
      rate: rateOn(row, today),
      outstanding: row.outstanding,
      state: row.state,
      ...(row.request !== null && { request: row.request }),
      ...(row.order !== null && { order: row.order }),
      evidencedAt: row.evidencedAt,
    });
  }

  async page(row: LoanRow, whose: LoansWhose): Promise<LoanView> {
    const line = (await this.lines([row]))(row);
    const { correction, changes, repayments, files, dispute } = row;
    const drawn = { from: row.terms.drawnOn, rate: row.rate };
    const text = await this.texts.words(dispute?.text);
    return {
      ...line,
      ...(correction !== null && { correction }),
      rates: [drawn, ...changes].sort((one, other) => one.from.localeCompare(other.from)),
      repayments: [...repayments].sort((one, other) => one.paidOn.localeCompare(other.paidOn)),
      files: await this.texts.named(files),
      ...(dispute && { dispute: { ...dispute, text } }),
      interest: this.interest(row),
      story: await this.story(row, whose),
    };
  }

  private interest({ terms, rate, changes, repayments }: LoanRow): InterestView {
    const asOf = addDays(shanghaiDay(this.clock.now()), -1);
    const rates = [
      { from: terms.drawnOn, rate: rate.rate },
      ...changes.map(({ from, rate: to }) => ({ from, rate: to.rate })),
    ];
    const stretches = interestStretches({ ...terms, rates, repayments }, { from: terms.drawnOn, to: asOf });
    return { asOf, stretches, total: interestShare(stretches, '1', 'actual/360').toFixed(2) };
  }

  /** A bank is not told who of the firm acted. */
  private async story({ story }: LoanRow, whose: LoansWhose): Promise<LoanStoryEntry[]> {
    const person = await this.readers.people(story.map(({ by }) => by));
    const isFirms = (what: string) => what === 'confirmed' || what === 'disputed';
    return story.map(({ by, ...entry }) => {
      const isHidden = 'bank' in whose && isFirms(entry.what);
      return { ...entry, by: isHidden ? { account: by } : person(by) };
    });
  }
}

/** What a change leaves out stays as it was. */
function rateOn({ rate, changes }: LoanRow, day: string): LoanRow['rate'] {
  const inForce = changes.filter(({ from }) => from <= day).sort((one, other) => one.from.localeCompare(other.from));
  return inForce.reduce((before, change) => ({ ...before, ...change.rate }), rate);
}
