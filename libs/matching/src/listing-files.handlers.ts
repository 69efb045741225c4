import { Attachments } from '@app/attachments';
import { Party, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { ListingTerms } from './listing-terms.rules';

/** Files that terms name, as they stand among the attachments. */
@Injectable()
export class ListingFiles {
  constructor(private readonly attachments: Attachments) {}

  /**
   * Only what the publishing firm has uploaded may be attached: whoever sees a listing reads its files, so another firm's
   * named here would be opened to all. Refuses `attachment-not-uploaded`, `attachment-differs`.
   */
  async check({ registration }: Party, ...stated: { terms: ListingTerms; field?: string }[]): Promise<void> {
    const named = stated.flatMap(({ terms, field = 'terms' }) =>
      (terms.attachments ?? []).map((file, index) => ({ ...file, field: `${field}/attachments/${index}` })),
    );
    const stored = await this.attachments.find(named.map(({ id }) => id));
    for (const { id, sha256, field } of named) {
      const file = stored.get(id);
      if (file?.registration !== registration) throw new Refused('attachment-not-uploaded', {}, field);
      if (file.sha256 !== sha256) throw new Refused('attachment-differs', {}, `${field}/sha256`);
    }
  }
}
