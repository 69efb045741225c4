import { createHash } from 'node:crypto';
import type { CommandContext } from '@app/event-store';
import { Clock, Exact, instantText, Refused } from '@app/kernel';
import { Readers } from '@app/matching';
import { guessMapping, openTable } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClaimPages } from './claim-pages.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimEvent } from './claim-story.rules';
import { ClaimIds } from './claim-trail-claims.view';
import type { BankListHead, BankListView } from './fund-list-answer.rules';
import { BANK_COLUMNS } from './fund-list-columns.rules';
import { bankRow, lastFour, reconcile } from './fund-list.rules';
import type { BankRow, LedgerMovement } from './fund-list.rules';
import { BankListRow, BankLists } from './fund-list.table';
import { PayeeAccounts } from './payee-account.table';

/** Rows and bytes of one list. */
export const MOST_PAID = 10_000;
export const LARGEST_LIST = 5 * 1024 * 1024;

/** The bank's lists of a round, each held against the ledger as it stands when somebody asks. */
@Injectable()
export class FundLists {
  constructor(
    private readonly lists: BankLists,
    private readonly pages: ClaimPages,
    private readonly policies: ClaimPolicies,
    private readonly payees: PayeeAccounts,
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a list whole or not at all, under the command's id. Refuses `round-unknown`, as `openTable` does, and a row that
   * cannot be read.
   */
  async take(
    round: string,
    file: Buffer,
    by: { readonly account: string; readonly area?: string },
    { commandId }: CommandContext,
  ): Promise<{ list: string }> {
    await this.policies.round(round);
    const rows = await bankRows(file);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const { account: importedBy, area = '' } = by;
    await this.lists.keep({ list: commandId, round, area, sha256, importedBy, rows });
    return { list: commandId };
  }

  async of(round: string, area: string | undefined): Promise<BankListHead[]> {
    return (await this.lists.of(round, area)).map(headOf);
  }

  /** Refuses `bank-list-unknown`. */
  async one(round: string, id: string, area: string | undefined): Promise<BankListView> {
    const list = await this.lists.find(id);
    if (list?.round !== round || (area !== undefined && area !== list.area)) throw new Refused('bank-list-unknown');
    const movements = await this.movements(round, list.area);
    const nameOf = await this.readers.namesOf(movements.map(({ enterprise }) => enterprise));
    const { lines, ...totals } = reconcile(list.rows, movements);
    return {
      ...headOf(list),
      ...totals,
      lines: lines.map(({ ledger, ...line }) => {
        if (!ledger) return line;
        const { enterprise, ...movement } = ledger;
        return { ...line, ledger: { ...movement, firm: { enterprise, name: nameOf(enterprise) } } };
      }),
    };
  }

  /** Payments of the claims of one county's office, or of all. */
  private async movements(round: string, area: string): Promise<LedgerMovement[]> {
    const knownAt = instantText(this.clock.now());
    const found: LedgerMovement[] = [];
    for (const id of await this.queries.execute(new ClaimIds({ round }))) {
      const told = await this.pages.told(id, knownAt);
      if (!told || (area !== '' && told.state.office !== area)) continue;
      for (const { payee, ...payment } of paymentsIn(told.events)) {
        const account = payee === undefined ? undefined : await this.payees.account(payee);
        const known = account && { holder: account.holder, account: lastFour(account.number) };
        found.push({ claim: id, enterprise: told.state.firm.enterprise, ...payment, ...known });
      }
    }
    return found;
  }
}

type Paid = Pick<LedgerMovement, 'paidOn' | 'amount' | 'receipt' | 'isBounced'> & { readonly payee?: string };

/** Payments as a claim's events tell them, each on the account that was named last before it. */
function paymentsIn(events: readonly ClaimEvent[]): Paid[] {
  const bounces = new Map(
    events.flatMap((event) => (event.type === 'PaymentBounced' ? [[event.data.payment, event.data] as const] : [])),
  );
  let payee: string | undefined;
  return events.flatMap((event): Paid[] => {
    if (event.type === 'PayeeNamed' || event.type === 'PayeeFrozen') payee = event.data.payee;
    if (event.type !== 'PaymentMade') return [];
    // Wholly kept back for a recovery: no bank was asked.
    if (new Exact(event.data.amount).isZero()) return [];
    const { payment, paidOn, amount, receipt } = event.data;
    const bounce = bounces.get(payment);
    const isBounced = bounce !== undefined;
    const paid = { paidOn, amount, receipt, isBounced, ...(payee !== undefined && { payee }) };
    if (!bounce) return [paid];
    // By the bank's paper on it, where one was asked for.
    const { bouncedOn = paidOn, receipt: paper = receipt } = bounce;
    return [paid, { ...paid, paidOn: bouncedOn, receipt: paper, amount: `-${amount}` }];
  });
}

function headOf({ list, round, area, sha256, importedAt, rows }: BankListRow): BankListHead {
  return { list, round, area, sha256, importedAt, rows: rows.length };
}

async function bankRows(file: Buffer): Promise<BankRow[]> {
  const chunks = (async function* () {
    yield file;
  })();
  const table = await openTable(chunks, { columns: BANK_COLUMNS, mostRows: MOST_PAID, mostBytes: LARGEST_LIST });
  try {
    const mapping = guessMapping(table.headings, BANK_COLUMNS);
    for (const column of BANK_COLUMNS) {
      const isMissing = 'required' in column && mapping[column.field] === undefined;
      if (isMissing) throw new Refused('import-column-missing', { heading: column.headings[0] }, 'file');
    }
    const places = Object.entries(mapping).map(([field, heading]) => [field, table.headings.indexOf(heading)] as const);
    const rows: BankRow[] = [];
    for await (const { row, cells } of table.rows) {
      const fields = Object.fromEntries(places.map(([field, place]) => [field, (cells[place] ?? '').trim()]));
      if (Object.values(fields).every((text) => text === '')) continue;
      if (rows.push(bankRow(row, fields)) > MOST_PAID) {
        throw new Refused('import-too-many-rows', { max: String(MOST_PAID) }, 'file');
      }
    }
    if (rows.length === 0) throw new Refused('import-no-rows', {}, 'file');
    return rows;
  } finally {
    await table.close();
  }
}
