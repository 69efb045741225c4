import { Instant, OneOf, Refused, Text, Uuid } from '@app/kernel';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from './access';
import { AccountActs, Looks } from './account-acts';
import { AuthSettings } from './auth-settings';

const PAGES = ['50', '100', '200'] as const;

export class RecordsQuery {
  @Text(200, { optional: true, description: '`next` of the page before' }) cursor?: string;
  @OneOf(PAGES, { optional: true, description: 'items of a page; 100 unless told' }) limit?: (typeof PAGES)[number];
}

export class LookEntry {
  @Instant() at: string;
  @Text(80, { description: 'account:<id>' }) actor: string;
  @Text(18, { description: 'the firm acted for, or empty' }) enterprise: string;
  @Text(40) kind: string;
  @Text(200) subject: string;
  @Text(500) reason: string;
}

export class AccountActEntry {
  @Instant() at: string;
  @Text(80, { description: 'account:<id>, process:<name> or nobody' }) actor: string;
  @Text(40) act: string;
  @Uuid({ optional: true, description: 'the account it was done to' }) account?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) detail: Record<string, string>;
}

export class LookPage {
  @ApiProperty({ type: [LookEntry] }) items: LookEntry[];
  @Text(200, { optional: true }) next?: string;
}

export class AccountActPage {
  @ApiProperty({ type: [AccountActEntry] }) items: AccountActEntry[];
  @Text(200, { optional: true }) next?: string;
}

/** What the auditor reads of who looked at what, and of what happened to accounts; newest first. */
@ApiTags('records')
@Controller()
@Access('auditor')
export class RecordsController {
  constructor(
    private readonly looks: Looks,
    private readonly acts: AccountActs,
    private readonly settings: AuthSettings,
  ) {}

  @Get('looks')
  @ApiOkResponse({ type: LookPage })
  async lookPage(@Query() { cursor, limit = '100' }: RecordsQuery): Promise<LookPage> {
    const rows = await this.looks.latest(this.opened('looks', cursor), Number(limit) + 1);
    return this.page('looks', rows, Number(limit), ({ at, actor, enterprise, kind, subject, reason }) => ({
      at: at.toISOString(),
      actor,
      enterprise,
      kind,
      subject,
      reason,
    }));
  }

  @Get('account-acts')
  @ApiOkResponse({ type: AccountActPage })
  async actPage(@Query() { cursor, limit = '100' }: RecordsQuery): Promise<AccountActPage> {
    const rows = await this.acts.latest(this.opened('account-acts', cursor), Number(limit) + 1);
    return this.page('account-acts', rows, Number(limit), ({ at, actor, act, account, detail }) => ({
      at: at.toISOString(),
      actor,
      act,
      ...(account !== null && { account }),
      detail,
    }));
  }

  private page<Row extends { number: string }, Entry>(
    list: string,
    rows: Row[],
    size: number,
    show: (row: Row) => Entry,
  ) {
    const items = rows.slice(0, size).map(show);
    if (rows.length <= size) return { items };
    return { items, next: this.settings.keys.seal('cursor', list, rows[size - 1]!.number) };
  }

  private opened(list: string, cursor: string | undefined): string | undefined {
    if (cursor === undefined) return undefined;
    const number = this.settings.keys.open('cursor', list, cursor);
    if (number === undefined) throw new Refused('cursor-malformed', {}, 'cursor');
    return number;
  }
}
