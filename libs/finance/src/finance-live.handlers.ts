import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FinanceReaders } from './finance-readers.handlers';
import { FinanceRequestById, financeRequests } from './finance-requests.view';
import { LoanById, loans, SeesLoanFile } from './loans.view';

/** Whoever may read the request hears that it changed; but a bank not when another bank answers. */
@LiveRuleFor(financeRequests.name)
@Injectable()
export class FinanceRequestsLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
  ) {}

  async mayHear(actor: Actor | undefined, request: string): Promise<boolean> {
    if (!actor) return false;
    for (const [way, whose] of this.readers.requests(actor)) {
      // Changes carry no type: that something happened would tell a bank that others answer.
      if (way === 'bank') continue;
      if (await this.queries.execute(new FinanceRequestById(whose, request))) return true;
    }
    return false;
  }
}

@LiveRuleFor(loans.name)
@Injectable()
export class LoansLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
  ) {}

  async mayHear(actor: Actor | undefined, loan: string): Promise<boolean> {
    if (!actor) return false;
    return (await this.queries.execute(new LoanById(this.readers.loans(actor), loan))) !== undefined;
  }
}

/** A loan's vouchers are read by whoever may see the loan. */
@OpensAttachments()
@Injectable()
export class LoanFiles implements AttachmentRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
  ) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    const isReader = actor && (actor.party ?? actor.roles.some((role) => LOAN_ROLES.has(role)));
    return isReader ? this.queries.execute(new SeesLoanFile(this.readers.loans(actor), id)) : false;
  }
}

const LOAN_ROLES: ReadonlySet<string> = new Set(['bank', 'city-officer', 'city-finance', 'auditor']);
