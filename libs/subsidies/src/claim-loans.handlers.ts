import type { Party } from '@app/kernel';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** A loan in the shape of the door, as its bank evidenced it, and the officers who entered anything of it. */
export type LoanForClaim = { readonly loan: object; readonly enteredBy: readonly string[] };

/** Who knows a firm's loans: a later context, which this one may not import. */
export interface LoanFacts {
  /** `loan`: as policy-facts' `facts.loans[]` has it; events recorded after `knownAt` do not exist. */
  loansOf(firm: Party, knownAt: string): Promise<readonly LoanForClaim[]>;
}

/** On a provider that implements LoanFacts. */
export const ProvidesLoanFacts = DiscoveryService.createDecorator();

@Injectable()
export class LoanFactsFor implements OnModuleInit {
  private sources: LoanFacts[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.sources = this.discovery
      .getProviders({ metadataKey: ProvidesLoanFacts.KEY })
      .map(({ instance }) => instance as LoanFacts);
  }

  async of(firm: Party, knownAt: string): Promise<LoanForClaim[]> {
    return (await Promise.all(this.sources.map((source) => source.loansOf(firm, knownAt)))).flat();
  }
}
