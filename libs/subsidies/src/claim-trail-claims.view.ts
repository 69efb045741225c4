import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { claims } from './claims.view';

// Which claims there are, for whoever reads each from its own stream.

/**
 * Ids of all claims of these enterprises, or of one round. Whatever names an invoice is a claim of its seller or of its
 * buyer, so the claims of both are all that can.
 */
export class ClaimIds extends Query<string[]> {
  constructor(readonly of: { readonly enterprises: readonly string[] } | { readonly round: string }) {
    super();
  }
}

@QueryHandler(ClaimIds)
export class ClaimIdsHandler implements IQueryHandler<ClaimIds, string[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ of }: ClaimIds): Promise<string[]> {
    const [where, value] =
      'round' in of ? ['round = $1', of.round] : ['enterprise = ANY($1::text[])', [...of.enterprises]];
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<{ claim: string }[]>(`SELECT claim FROM claim WHERE ${where} ORDER BY claim`, [value]),
    );
    return found.map(({ claim }) => claim);
  }
}
