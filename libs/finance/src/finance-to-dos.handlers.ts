import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Clock, endOfDay, instantText } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FinanceReaders } from './finance-readers.handlers';
import { FinanceRequests, financeRequests, FoundRequest, RequestsOf } from './finance-requests.view';
import { LoanRow, Loans, loans, LoansWhose } from './loans.view';

const MOST = 200;

/** What waits for a firm, an adviser, a bank or the bureau in requests for finance and in loans. */
@GivesToDos()
@Injectable()
export class FinanceToDos implements ToDoSource {
  readonly views = [financeRequests, loans];

  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
    private readonly clock: Clock,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    const { account, party, roles } = actor;
    const [asks, gets] = [roles.includes('adviser'), roles.includes('bank')];
    return (
      await Promise.all([
        roles.includes('city-officer') ? this.toAssign({ all: true }, 'finance-to-assign') : [],
        asks ? this.toAssign({ adviser: account }, 'finance-to-take') : [],
        asks ? this.ofAdviser(account) : [],
        gets ? this.ofBank(account) : [],
        party && party.innerRole !== 'viewer' ? this.ofFirm(party.registration) : [],
      ])
    ).flat();
  }

  private async toAssign(whose: RequestsOf, kind: string): Promise<ToDo[]> {
    const rows = await this.requests(whose, { state: 'asked' });
    return rows.length > 0 ? [{ kind, items: rows.length, link: {}, since: rows[0]!.requestedAt }] : [];
  }

  private async ofAdviser(adviser: string): Promise<ToDo[]> {
    const rows = await this.requests({ adviser }, { state: 'advised' });
    return this.shown(rows, 'finance-to-pass');
  }

  private async ofBank(bank: string): Promise<ToDo[]> {
    const toAnswer = await this.requests({ bank }, { standing: 'to-answer' });
    const toGrant = await this.requests({ bank }, { standing: 'chosen' });
    const disputed = await this.loans({ bank }, 'disputed');
    const nameOf = await this.readers.firms(disputed.map(({ borrower }) => borrower));
    return [
      ...(await this.shown(toAnswer, 'finance-to-answer')),
      ...(await this.shown(toGrant, 'finance-to-grant')),
      ...disputed.map(({ loan, borrower, dispute, evidencedAt }) => ({
        kind: 'loan-to-correct',
        firm: nameOf(borrower).name ?? borrower,
        link: { item: loan },
        since: dispute?.at ?? evidencedAt,
      })),
    ];
  }

  private async ofFirm(registration: string): Promise<ToDo[]> {
    const open = await this.requests({ registration }, { state: 'with-banks' });
    const now = instantText(this.clock.now());
    const toConfirm = await this.loans({ registration }, 'evidenced');
    return [
      ...open.flatMap((row): ToDo[] => {
        const due = firstEnd(row, now);
        if (due === undefined) return [];
        return [{ kind: 'finance-to-choose', link: { item: row.request }, due, since: row.changedAt }];
      }),
      ...toConfirm.map(({ loan, lender, evidencedAt }) => ({
        kind: 'loan-to-confirm',
        subject: lender,
        link: { item: loan },
        since: evidencedAt,
      })),
    ];
  }

  private async shown(rows: readonly FoundRequest[], kind: string): Promise<ToDo[]> {
    const nameOf = await this.readers.firms(rows.map(({ borrower }) => borrower));
    return rows.map(({ request, borrower, changedAt }) => {
      return { kind, firm: nameOf(borrower).name ?? borrower, link: { item: request }, since: changedAt };
    });
  }

  private async requests(whose: RequestsOf, asked: { state?: string; standing?: string }): Promise<FoundRequest[]> {
    const wanted = { order: 'requested', limit: MOST } as const;
    return (await this.queries.execute(new FinanceRequests(whose, asked, wanted))).rows;
  }

  private async loans(whose: LoansWhose, state: LoanRow['state']): Promise<LoanRow[]> {
    const wanted = { order: 'evidenced', limit: MOST } as const;
    return (await this.queries.execute(new Loans(whose, { state }, wanted))).rows;
  }
}

/** When the first offer that may still be chosen ends. */
function firstEnd({ answers }: FoundRequest, now: string): string | undefined {
  const ends = Object.values(answers).flatMap(({ terms }) =>
    terms.kind === 'offer' ? [instantText(endOfDay(terms.validUntil))] : [],
  );
  return ends.filter((end) => end > now).sort()[0];
}
