import { Accounts } from '@app/auth';
import type { Actor } from '@app/auth';
import { Refused } from '@app/kernel';
import { EnterpriseCards } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FinanceFirm, FinancePerson } from './finance-answer.rules';
import type { RequestsOf } from './finance-requests.view';
import type { LoansWhose } from './loans.view';

export const REQUEST_READERS = ['firm', 'bureau', 'adviser', 'bank'] as const;
export type RequestReader = (typeof REQUEST_READERS)[number];

/** Who asks, as the row rules of finance need it; and the names that rows do not carry. */
@Injectable()
export class FinanceReaders {
  constructor(
    private readonly queries: QueryBus,
    private readonly accounts: Accounts,
  ) {}

  /** The ways in which somebody may look at requests. One account may be a bank and an adviser. */
  requests({ roles, party, account }: Actor): ReadonlyMap<RequestReader, RequestsOf> {
    const ways = new Map<RequestReader, RequestsOf>();
    if (roles.includes('city-officer') || roles.includes('auditor')) ways.set('bureau', { all: true });
    if (roles.includes('adviser')) ways.set('adviser', { adviser: account });
    if (roles.includes('bank')) ways.set('bank', { bank: account });
    if (party) ways.set('firm', { registration: party.registration });
    return ways;
  }

  /** Refuses `not-allowed` whoever has nothing to do with loans. */
  loans({ roles, party, account }: Actor): LoansWhose {
    const isOverAll = roles.some((role) => role === 'city-officer' || role === 'city-finance' || role === 'auditor');
    if (isOverAll) return { all: true };
    if (roles.includes('bank')) return { bank: account };
    if (party) return { registration: party.registration };
    throw new Refused('not-allowed');
  }

  async firms(codes: Iterable<string>): Promise<(enterprise: string) => FinanceFirm> {
    const cards = await this.queries.execute(new EnterpriseCards([...new Set(codes)]));
    return (enterprise) => {
      const name = cards.get(enterprise)?.name;
      return { enterprise, ...(name !== undefined && { name }) };
    };
  }

  async people(accounts: Iterable<string>): Promise<(account: string) => FinancePerson> {
    const contacts = await this.accounts.contacts([...new Set(accounts)]);
    return (account) => {
      // Of an erased account nothing is left but its id.
      const name = contacts.get(account)?.name;
      return { account, ...(name && { name }) };
    };
  }

  /** Everybody who holds the role now, by name. */
  async holding(role: 'bank' | 'adviser'): Promise<FinancePerson[]> {
    const accounts = await this.accounts.accountsOf({ role });
    const person = await this.people(accounts);
    const byName = new Intl.Collator('zh-CN');
    return accounts.map(person).sort((one, other) => byName.compare(one.name ?? '', other.name ?? ''));
  }
}
