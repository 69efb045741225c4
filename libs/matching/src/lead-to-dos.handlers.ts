import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Clock, instantText } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { awardList, SharesOf } from './award-list.view';
import { catalogues, CataloguesOf } from './catalogues.view';
import { grouped } from './to-do-groups.rules';
import type { Pending } from './to-do-groups.rules';
import { listings, ListingsById } from './listings.view';

const DAY = 86_400_000;
/** A firm with more open lines than this sees the first ones; they are grouped by catalogue. */
const MOST_LINES = 10_000;
const MOST_SHARES = 1_000;
const MOST_CATALOGUES = 200;

type OpenLine = {
  listing: string;
  catalogue: string | null;
  status: string;
  product: string;
  deadline: string | null;
  closedAt: string | null;
  round: { deadline: string; state: 'open' | 'closed' } | null;
  proposal: { account: string; at: string } | null;
  offers: number;
  unanswered: number;
  asked: string | null;
};

/** What waits for a lead firm: lines by what they need, awards that run out, catalogues that nobody sees yet. */
@GivesToDos()
@Injectable()
export class LeadToDos implements ToDoSource {
  readonly views = [listings, catalogues, awardList];

  constructor(
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    const { party } = actor;
    if (!party) return [];
    const [lines, shares, own] = await Promise.all([
      this.openLines(party.registration),
      this.unanswered(party.registration),
      this.queries.execute(new CataloguesOf(party.registration, {}, { order: '-period', limit: MOST_CATALOGUES })),
    ]);
    const soon = instantText(this.clock.now() + DAY);
    const waiting = lines.flatMap((line) =>
      needsOf(line, soon, party.innerRole === 'viewer' ? undefined : actor.account),
    );
    const titles = new Map(own.rows.map(({ catalogue, title }) => [catalogue, title]));
    const drafts = own.rows
      .filter(({ status }) => status === 'draft' || status === 'publishing')
      .map(({ catalogue, title }): ToDo => ({ kind: 'catalogue-to-publish', subject: title, link: { catalogue } }));
    return [...grouped([...waiting, ...shares], (catalogue) => titles.get(catalogue)), ...drafts];
  }

  private openLines(registration: string): Promise<OpenLine[]> {
    return this.readModels.read(listings, (rows) =>
      rows.query<OpenLine[]>(
        `SELECT listing, catalogue, status, terms->>'product' AS product, terms->>'quotingDeadline' AS deadline, "closedAt",
           own->'secondRound' AS round, own->'proposal' AS proposal, jsonb_array_length(own->'offers') AS offers,
           (SELECT count(*)::int FROM jsonb_array_elements(questions) q WHERE NOT q ? 'answer') AS unanswered,
           (SELECT min(q->>'askedAt') FROM jsonb_array_elements(questions) q WHERE NOT q ? 'answer') AS asked
         FROM listing WHERE "leadRegistration" = $1
           AND (status IN ('quoting', 'closed', 'partly-awarded') OR status = 'draft' AND own ? 'proposal')
         ORDER BY "closedAt", listing LIMIT ${MOST_LINES}`,
        [registration],
      ),
    );
  }

  private async unanswered(registration: string): Promise<Pending[]> {
    const wanted = { order: 'term', limit: MOST_SHARES } as const;
    const { rows } = await this.queries.execute(new SharesOf('lead', registration, { state: 'offered' }, wanted));
    const byId = await this.queries.execute(new ListingsById(rows.map(({ listing }) => listing)));
    return rows.map(({ award, listing, acceptBy, awardedAt }) => ({
      kind: 'shares-unanswered',
      group: award,
      link: { award },
      subject: byId.get(listing)?.terms.product,
      due: acceptBy,
      since: awardedAt,
    }));
  }
}

/** `account`: of whoever may approve what another person proposed. */
function needsOf(line: OpenLine, soon: string, account: string | undefined): Pending[] {
  const { listing, status, product, round, proposal, unanswered } = line;
  const catalogue = line.catalogue ?? undefined;
  const deadline = line.deadline ?? undefined;
  const closedAt = line.closedAt ?? undefined;
  const of = { group: catalogue ?? listing, link: { listing }, catalogue, subject: product };
  const needs: Pending[] = [];
  if (status === 'quoting') {
    if (deadline !== undefined && deadline <= soon) needs.push({ kind: 'closing-soon', ...of, due: deadline });
    const asked = { due: deadline, since: line.asked ?? undefined };
    if (unanswered > 0) needs.push({ kind: 'questions-to-answer', ...of, items: unanswered, ...asked });
  }
  if (status === 'closed' || status === 'partly-awarded') {
    if (round?.state === 'open') needs.push({ kind: 'second-round-running', ...of, due: round.deadline });
    else if (!proposal) {
      needs.push({ kind: line.offers > 0 ? 'offers-to-compare' : 'no-offers', ...of, since: closedAt });
    }
  }
  if (proposal && account !== undefined && proposal.account !== account) {
    needs.push({ kind: 'acts-to-approve', ...of, since: proposal.at });
  }
  return needs;
}
