import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import { StartReplay } from '@app/subsidies';
import type { ClaimEvent } from '@app/subsidies';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Client } from 'pg';

// Every round replayed under its own policy, as of the day and as known at the instant on which it was decided.

type Grounds = Extract<ClaimEvent, { type: 'ClaimApproved' }>['data']['grounds'];
type Side = { readonly award?: string; readonly derivation?: string };
type Line = { readonly claim: string; readonly a: Side; readonly b: Side };

export type ReplayedRound = {
  readonly round: string;
  /** Claims that were approved. */
  readonly approved: number;
  /** Where the replay came to another award, or by another derivation, than was approved. */
  readonly different: readonly string[];
};

export async function replayLive(app: INestApplicationContext, database: Client): Promise<ReplayedRound[]> {
  const rounds = new Map<string, Map<string, Grounds>>();
  for await (const event of app.get(EventStore).readAll({ filter: { categories: ['claim'] } })) {
    const told = event as unknown as ClaimEvent;
    if (told.type !== 'ClaimApproved') continue;
    const { round, grounds } = told.data;
    if (!rounds.has(round)) rounds.set(round, new Map());
    rounds.get(round)!.set(event.stream.slice('claim-'.length), grounds);
  }
  const replayed: ReplayedRound[] = [];
  for (const [round, approved] of rounds) {
    const [{ policy, asOf, knownAt }] = [...approved.values()] as [Grounds];
    const replay = randomUUID();
    const asked = { replay, a: policy, b: policy, asOf, knownAt, rounds: [round], covers: 'claims' as const };
    const { ended } = await app.get(CommandBus).execute(new StartReplay(asked, 'simulate'));
    await ended;
    const { rows } = await database.query<{ line: Line }>('SELECT line FROM kept.replay_line WHERE replay = $1', [
      replay,
    ]);
    const lines = new Map(rows.map(({ line }) => [line.claim, line]));
    const different = [...approved].flatMap(([claim, { award, derivation }]) => {
      const told = [lines.get(claim)?.a, lines.get(claim)?.b].map((side) => `${side?.award} ${side?.derivation}`);
      const wanted = `${award} ${derivation}`;
      return told.every((one) => one === wanted) ? [] : [`${claim}: approved ${wanted}, replayed ${told.join(', ')}`];
    });
    // A claim that was filed again finds its invoices used, as it did when it came to be approved.
    for (const [claim, { a }] of lines) {
      if (!approved.has(claim) && a.award !== '0') different.push(`${claim}: not approved, replayed ${a.award}`);
    }
    replayed.push({ round, approved: approved.size, different });
  }
  return replayed;
}
