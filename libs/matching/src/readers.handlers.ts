import type { Actor } from '@app/auth';
import type { Party } from '@app/kernel';
import { EnterpriseCards, EnterpriseSearch, sectionOf, StandingStates } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Reader } from './visibility.rules';

/** The shown name of an enterprise; undefined while no office has confirmed anybody on its code. */
export type NameOf = (enterprise: string) => string | undefined;

const CODES_AT_ONCE = 1_000;

/** Who asks, as the row rules of matching need it; and the names that rows do not carry. */
@Injectable()
export class Readers {
  constructor(private readonly queries: QueryBus) {}

  async of(actor: Actor | undefined): Promise<Reader> {
    if (!actor) return {};
    const [firm, office] = await Promise.all([this.firm(actor), this.officeOf(actor)]);
    return { ...(firm && { firm }), ...(office && { office }) };
  }

  /** What an office supervises: undefined for everybody who is none. Several areas never meet in one account. */
  async officeOf({ roles, area }: Actor): Promise<Reader['office']> {
    if (roles.includes('city-officer') || roles.includes('auditor')) return 'city';
    if (roles.includes('county-officer') && area !== undefined) return this.enterprisesIn(area);
    return undefined;
  }

  async namesOf(enterprises: Iterable<string>): Promise<NameOf> {
    const codes = [...new Set(enterprises)];
    const cards = codes.length > 0 ? await this.queries.execute(new EnterpriseCards(codes)) : new Map<string, never>();
    return (enterprise) => cards.get(enterprise)?.name;
  }

  /** The confirmed and suspended enterprises registered in an area. */
  async enterprisesIn(area: string): Promise<string[]> {
    const codes: string[] = [];
    for (;;) {
      const page = await this.queries.execute(new EnterpriseSearch({ area }, CODES_AT_ONCE, codes.at(-1)));
      codes.push(...page.map(({ enterprise }) => enterprise));
      if (page.length < CODES_AT_ONCE) return codes;
    }
  }

  /** What a firm may see, whoever of its people looks. */
  async ofFirm({ enterprise, registration }: Party): Promise<{ readonly firm: NonNullable<Reader['firm']> }> {
    const states = await this.queries.execute(new StandingStates([{ enterprise, registration }]));
    return { firm: { enterprise, registration, isConfirmed: states[registration] === 'confirmed' } };
  }

  private async firm({ party }: Actor): Promise<Reader['firm']> {
    return party && (await this.ofFirm(party)).firm;
  }
}

const DIVISIONS = Array.from({ length: 97 }, (_, index) => String(index + 1).padStart(2, '0'));

/** What a code of GB/T 4754 covers, as beginnings of codes: a section has its divisions below it. */
export const belowIndustry = (code: string): string[] =>
  /^[A-T]$/.test(code) ? [code, ...DIVISIONS.filter((division) => sectionOf(division) === code)] : [code];
