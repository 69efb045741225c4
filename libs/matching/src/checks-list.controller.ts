import { Attachments } from '@app/attachments';
import { Access, Accounts, CurrentActor, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused, Uscc, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CHECK_TEXTS } from './check.handlers';
import { CHECK_ORDERS, CheckById, CheckRow, Checks, checks } from './checks.view';
import type { CheckOrder, ChecksOf } from './checks.view';
import type { AttachmentRef } from './listing-terms.rules';
import { CHECK_STATES, CheckOfficerView, CheckView } from './match-answer.rules';
import type { CheckFile, CheckSide, Commitment, Officer } from './match.decider';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class CheckQuery extends PageQuery {
  @Uuid({ optional: true }) match?: string;
  @OneOf(CHECK_STATES, { optional: true }) state?: CheckRow['state'];
  @Uscc({ optional: true, description: 'one of the two firms' }) enterprise?: string;
  @OneOf(orderNames(CHECK_ORDERS), { optional: true, description: 'default -opened' }) order?: CheckOrder;
}

export class CheckPage extends PageAnswer {
  @ApiProperty({ type: [CheckView] }) items: CheckView[];
}

/** Checks 核查: the offices' over their firms, and to a firm those in which it was asked. */
@ApiTags('checks')
@Controller()
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class ChecksListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly accounts: Accounts,
  ) {}

  /** The latest first. */
  @Get('checks')
  @WaitsFor(checks)
  @ApiOkResponse({ type: CheckPage })
  async page(
    @Query() query: CheckQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<CheckView>> {
    const whose = await this.whose(actor);
    const found = await this.queries.execute(new Checks(whose, query, listWanted(query, after, '-opened')));
    const views = new Map(await this.shown(found.rows, whose));
    return Page.listed(found, (row) => views.get(row.key)!);
  }

  @Get('matches/:match/checks/:check')
  @WaitsFor(checks)
  @ApiOkResponse({ type: CheckView })
  async one(
    @Param('match') match: string,
    @Param('check') check: string,
    @CurrentActor() actor: Actor,
  ): Promise<CheckView> {
    const whose = await this.whose(actor);
    const row = await this.queries.execute(new CheckById(whose, match, check));
    if (!row) throw new Refused('check-unknown');
    return (await this.shown([row], whose))[0]![1];
  }

  private async whose(actor: Actor): Promise<ChecksOf> {
    const office = await this.readers.officeOf(actor);
    if (office === 'city') return {};
    if (office) return { among: office };
    if (!actor.party) throw new Refused('not-allowed');
    return { registration: actor.party.registration };
  }

  private async shown(rows: readonly CheckRow[], whose: ChecksOf): Promise<[key: string, view: CheckView][]> {
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    return Promise.all(
      rows.map(async (row) => {
        const view =
          'registration' in whose
            ? this.forFirm(row, sideOf(row, whose.registration), nameOf)
            : this.forOffice(row, nameOf);
        return [row.key, await view] as [string, CheckView];
      }),
    );
  }

  private async forOffice(row: CheckRow, nameOf: NameOf): Promise<CheckView> {
    const { cause, openedBy, askings, entries, conclusion } = row;
    const { kind } = cause;
    const officer = await this.officersOf(row);
    return {
      ...headOf(row, nameOf),
      cause:
        cause.kind === 'for-cause'
          ? { kind, text: await this.words(cause.text) }
          : { kind, draw: cause.draw, seed: cause.seed, populationHash: cause.populationHash },
      openedBy: officer(openedBy),
      askings: await Promise.all(
        askings.map(async ({ sides, text, answerBy, at }) => {
          return { sides: [...sides], text: await this.words(text), answerBy, at };
        }),
      ),
      entries: await Promise.all(
        entries.map(async ({ text, attachments, ...entry }) => {
          const by = entry.kind === 'finding' && { by: officer(entry.by) };
          return { ...entry, ...by, text: await this.words(text), attachments: await this.named(attachments) };
        }),
      ),
      ...(conclusion && {
        conclusion: { ...conclusion, by: officer(conclusion.by), text: await this.words(conclusion.text) },
      }),
    };
  }

  private async forFirm(row: CheckRow, side: CheckSide, nameOf: NameOf): Promise<CheckView> {
    const { askings, entries, conclusion } = row;
    const own = entries.filter((entry) => entry.kind === 'statement' && entry.side === side);
    return {
      ...headOf(row, nameOf),
      askings: await Promise.all(
        askings
          .filter(({ sides }) => sides.includes(side))
          .map(async ({ text, answerBy, at }) => ({ sides: [side], text: await this.words(text), answerBy, at })),
      ),
      entries: await Promise.all(
        own.map(async ({ entry, kind, text, attachments, at }) => {
          return { entry, kind, side, text: await this.words(text), attachments: await this.named(attachments), at };
        }),
      ),
      ...(conclusion && { conclusion: { at: conclusion.at } }),
    };
  }

  /** With the names that events carry as accounts. */
  private async officersOf({ openedBy, entries, conclusion }: CheckRow): Promise<(by: Officer) => CheckOfficerView> {
    const findings = entries.flatMap((entry) => (entry.kind === 'finding' ? entry.by : []));
    const all = [openedBy, ...findings, ...(conclusion ? [conclusion.by] : [])];
    const people = await this.accounts.contacts(all.map(({ account }) => account));
    return (by) => ({ ...by, name: people.get(by.account)?.name });
  }

  private async named(files: readonly CheckFile[]): Promise<AttachmentRef[]> {
    const stored = await this.attachments.find(files.map(({ id }) => id));
    return files.map((file) => ({ ...file, name: stored.get(file.id)?.name ?? '' }));
  }

  /** Undefined once the words were erased: the event's commitment proves nothing any more. */
  private words(text: Commitment | undefined): Promise<string | undefined> {
    return text ? this.vault.getText(CHECK_TEXTS, text.id, text.sha256) : Promise.resolve(undefined);
  }
}

const sideOf = ({ leadRegistration }: CheckRow, registration: string): CheckSide =>
  leadRegistration === registration ? 'lead' : 'supplier';

const headOf = (row: CheckRow, nameOf: NameOf) => ({
  check: row.check,
  match: row.match,
  listing: row.listing,
  lead: { enterprise: row.lead, name: nameOf(row.lead) },
  supplier: { enterprise: row.supplier, name: nameOf(row.supplier) },
  state: row.state,
  openedAt: row.openedAt,
});
