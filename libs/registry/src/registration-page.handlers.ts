import { Attachments } from '@app/attachments';
import { Members, Vault } from '@app/auth';
import { Clock, shanghaiDay } from '@app/kernel';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { CONTEST_TEXTS, HOLDING_PERSONS } from './enterprise.handlers';
import { awaitingCheck, FirmFacts, factsAsOf, Officer, sizeAsOf, Statement } from './enterprise.rules';
import type { FactsView, OfficerView, RegistrationView, StatementView } from './registration-answer.rules';
import { RegistrationById, RegistrationRow } from './registrations.view';

/** A registration as its page shows it; the office also sees whom to ask. Undefined where there is none. */
export class RegistrationPage extends Query<RegistrationView | undefined> {
  constructor(
    readonly registration: string,
    readonly reader: 'firm' | 'office',
  ) {
    super();
  }
}

@QueryHandler(RegistrationPage)
export class RegistrationPageHandler implements IQueryHandler<RegistrationPage, RegistrationView | undefined> {
  constructor(
    private readonly queries: QueryBus,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  async execute({ registration, reader }: RegistrationPage): Promise<RegistrationView | undefined> {
    const row = await this.queries.execute(new RegistrationById(registration));
    if (!row) return undefined;
    const { known, statement, waitingFor, decision } = row;
    const today = shanghaiDay(this.clock.now());
    const names = await namesOfHolders(this.vault, known.statements);
    const text = statement && (await this.vault.getText(CONTEST_TEXTS, statement.id, statement.sha256));
    const size = sizeAsOf(known.statements, today);
    const contacts = reader === 'office' ? await this.members.list(registration) : undefined;
    return {
      registration,
      enterprise: row.enterprise,
      name: row.name,
      office: row.office,
      state: row.state,
      ...(waitingFor && { waitingFor }),
      contesting: row.contesting,
      ...(text && { statement: text }),
      ...(decision && { decision: { ...decision, by: shownOfficer(decision.by) } }),
      gaps: [...known.gaps],
      evidence: await this.evidence(row),
      facts: shownFacts(factsAsOf(known.statements, today), names),
      awaitingCheck: shownFacts(awaitingCheck(known.statements, today), names),
      statements: known.statements.map((one) => shownStatement(one, names)),
      ...(size && { size }),
      secondPersonFor: [...known.secondPersonFor],
      ...(contacts && { contacts: contacts.map(({ name, mobile }) => ({ name, mobile })) }),
      appliedAt: row.appliedAt,
      changedAt: row.changedAt,
    };
  }

  private async evidence({ known }: RegistrationRow): Promise<RegistrationView['evidence']> {
    const files = await this.attachments.find(known.evidence.map(({ id }) => id));
    return known.evidence.map(({ id, kind, sha256 }) => {
      const file = files.get(id);
      return { id, kind, sha256, ...(file && { name: file.name, mediaType: file.mediaType }) };
    });
  }
}

/** Names of persons who hold shares, by token, as far as the vault still has them. */
export async function namesOfHolders(vault: Vault, statements: readonly Statement[]): Promise<Map<string, string>> {
  const holders = statements.flatMap(({ facts }) => facts.holders ?? []).map(({ holder }) => holder);
  const tokens = [...new Set(holders.filter((holder) => holder.startsWith('person:')))];
  const persons = tokens.length > 0 ? await vault.getMany<{ name: string }>(HOLDING_PERSONS, tokens) : new Map();
  return new Map([...persons].map(([token, { name }]) => [token, name]));
}

export function shownFacts(facts: FirmFacts, names: ReadonlyMap<string, string>): FactsView {
  const { holders, ...rest } = facts;
  if (!holders) return rest;
  const shown = holders.map(({ holder, share }) => {
    const name = names.get(holder);
    return { holder, share, ...(name !== undefined && { name }) };
  });
  return { ...rest, holders: shown };
}

export const shownStatement = (
  { from, facts, source }: Statement,
  names: ReadonlyMap<string, string>,
): StatementView => ({
  from,
  facts: shownFacts(facts, names),
  source: source.kind === 'checked' ? { kind: source.kind, by: shownOfficer(source.by) } : source,
});

/** Officers' names stand in decisions; their accounts are nobody's business. */
const shownOfficer = ({ name, office }: Officer): OfficerView => ({ name, office });
