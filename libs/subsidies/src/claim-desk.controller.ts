import { Access, Accounts, CurrentActor, mayReadRow } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import {
  CalendarDate,
  Clock,
  instantText,
  ListOf,
  OneOf,
  OptionalText,
  Refused,
  shanghaiDay,
  Text,
  Uuid,
} from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClaimFigures } from './claim-figures.handlers';
import { claimOfficerOf } from './claim-office.controller';
import { ClaimPages } from './claim-pages.handlers';
import { ClaimLooks } from './claim-trail-looks.handlers';
import { claims } from './claims.view';

export class ColleagueView {
  @Uuid() account: string;
  @OptionalText(50) name?: string;
}

export class ColleagueViews {
  @ListOf(() => ColleagueView, { most: 10_000 }) items: ColleagueView[];
}

export const INVOICE_LOOKS = ['unchecked', 'valid', 'voided', 'reversed', 'not-found'] as const;

/** One invoice that counts, with its last 查验. */
export class ClaimInvoiceView {
  @Text(60) number: string;
  @OneOf(INVOICE_LOOKS, { description: 'as an office found it; the city check passes none but valid' }) state: string;
  @OneOf(INVOICE_LOOKS, { optional: true, description: 'what a firm found, where no office has looked' })
  byFirm?: string;
  @CalendarDate({ optional: true }) checkedOn?: string;
}

export class ClaimInvoiceViews {
  @ListOf(() => ClaimInvoiceView, { most: 1_000_000 }) items: ClaimInvoiceView[];
}

/** What an office looks up beside a claim: whom it may hand work to, and which invoices the city check still waits for. */
@ApiTags('claims')
@Controller('claims')
export class ClaimDeskController {
  constructor(
    private readonly accounts: Accounts,
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
    private readonly looks: ClaimLooks,
    private readonly clock: Clock,
  ) {}

  /** The others of one's own office, by name. */
  @Get('colleagues')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance')
  @WaitsFor()
  @ApiOkResponse({ type: ColleagueViews })
  async colleagues(@CurrentActor() actor: Actor): Promise<ColleagueViews> {
    const { account, role, area } = claimOfficerOf(actor);
    const found = await this.accounts.accountsOf({ role, ...(area !== undefined && { area }) });
    const others = found.filter((one) => one !== account);
    const contacts = await this.accounts.contacts(others);
    const byName = new Intl.Collator('zh-CN');
    return {
      items: others
        .map((one) => ({ account: one, name: contacts.get(one)?.name }))
        .sort((one, other) => byName.compare(one.name ?? '', other.name ?? '')),
    };
  }

  /** Invoices that count by the facts of this moment, as the city check looks at them. */
  @Get(':claim/invoices')
  @Access('member', 'county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @ApiOkResponse({ type: ClaimInvoiceViews })
  async invoices(@Param('claim') id: string, @CurrentActor() actor: Actor): Promise<ClaimInvoiceViews> {
    const state = (await this.pages.told(id))?.state;
    const row = state && { registration: state.firm.registration, area: state.office };
    if (!row || !mayReadRow(actor, row)) throw new Refused('claim-unknown');
    await this.looks.record(actor, id, 'invoices');
    const knownAt = instantText(this.clock.now());
    const { checks, trade } = await this.figures.of({
      ...{ head: state, asOf: shanghaiDay(knownAt), knownAt, findings: state.findings ?? [] },
      voidInvoices: 'keep',
    });
    const known = new Map(trade.flatMap(({ invoices }) => invoices.map((one) => [one.number, one.check])));
    return {
      items: checks.invoices.map(({ number, state: looked = 'unchecked' }) => {
        const last = known.get(number);
        const byFirm = looked === 'unchecked' ? last?.state : undefined;
        return { number, state: looked, byFirm, checkedOn: last?.checkedOn };
      }),
    };
  }
}
