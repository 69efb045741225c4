import { Attachments } from '@app/attachments';
import { Accounts, Vault } from '@app/auth';
import type { OfficerRole } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { Commitment, FinanceFile } from './finance-request-story.rules';

/** Vault entries of finance: what a firm, an adviser or a bank says in its own words may name people. */
const FINANCE_TEXTS = 'finance-text';

/** What stands outside the log: words, files, and which accounts are banks and advisers. */
@Injectable()
export class FinanceTexts {
  constructor(
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly accounts: Accounts,
  ) {}

  /** Kept with what names people in the borrower's registration. */
  async keep(context: CommandContext, text: string | undefined, registration: string): Promise<{ text?: Commitment }> {
    if (text === undefined) return {};
    return { text: await this.vault.commitText(FINANCE_TEXTS, text, context, `registration:${registration}`) };
  }

  /** Undefined where nothing was said, and once the words were erased. */
  words(text: Commitment | undefined): Promise<string | undefined> {
    return text ? this.vault.getText(FINANCE_TEXTS, text.id, text.sha256) : Promise.resolve(undefined);
  }

  /** Files that this account has uploaded: another's is none. Refuses `attachment-not-uploaded`. */
  async files(ids: readonly string[], account: string): Promise<FinanceFile[]> {
    const found = await this.attachments.find(ids);
    return ids.map((id, index) => {
      const file = found.get(id);
      if (file?.account !== account) throw new Refused('attachment-not-uploaded', {}, `attachments/${index}`);
      return { id, sha256: file.sha256 };
    });
  }

  async named(files: readonly FinanceFile[]): Promise<(FinanceFile & { name: string })[]> {
    const stored = await this.attachments.find(files.map(({ id }) => id));
    return files.map((file) => ({ ...file, name: stored.get(file.id)?.name ?? '' }));
  }

  /** Refuses accounts that do not hold the role now, with the code and at the field. */
  async checkRole(role: OfficerRole, accounts: readonly string[], code: string, field: string): Promise<void> {
    if (accounts.length === 0) return;
    const held = new Set(await this.accounts.accountsOf({ role }));
    if (accounts.some((account) => !held.has(account))) throw new Refused(code, {}, field);
  }
}
