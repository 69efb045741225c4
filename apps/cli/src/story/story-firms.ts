import { createHash } from 'node:crypto';
import { Attachments } from '@app/attachments';
import { EventStore } from '@app/event-store';
import type { CommandContext } from '@app/event-store';
import { canonicalHash, Clock, derivedId, Party, shanghaiDay, usccCheckCharacter } from '@app/kernel';
import { openDemands, promotions } from '@app/matching';
import { ReadModels } from '@app/projections';
import { leadLists, officeFor, TellEnterprise, TellLeadList } from '@app/registry';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

export type StoryFirm = Party & { readonly name: string; readonly area: string; readonly account: string };

/** Made-up codes begin with the prefix that no registry office uses. */
export function storyFirm(kind: 'publisher' | 'maker' | 'rival', n: number, name: string, area: string): StoryFirm {
  const first = { publisher: 0, maker: 300_000_000, rival: 600_000_000 }[kind];
  const body = `91350527${String(first + n).padStart(9, '0')}`;
  const enterprise = body + usccCheckCharacter(body);
  const registration = derivedId('story', 'registration', enterprise);
  return { enterprise, registration, name, area, account: derivedId('story', 'account', enterprise) };
}

export const partyOf = ({ enterprise, registration }: Party): Party => ({ enterprise, registration });

/** Who acts by which step: the same story told again is the same commands. */
export function stepOf(
  { enterprise, account }: Pick<StoryFirm, 'enterprise' | 'account'>,
  step: string,
): CommandContext {
  const commandId = derivedId('story', enterprise, step);
  const commandHash = canonicalHash({ story: step });
  const actor = `account:${account}`;
  return { commandId, commandHash, actor, enterprise, correlationId: commandId, causationId: commandId };
}

const BUREAU = { account: derivedId('story', 'bureau'), name: '演示·市局经办' };

/** Registered with evidence and confirmed by the office of its area, as in life. */
export async function register(app: INestApplicationContext, firm: StoryFirm): Promise<void> {
  const { enterprise, registration, name, area, account } = firm;
  const day = shanghaiDay(app.get(Clock).now());
  const tell = (step: string, command: TellEnterprise['command'], by = account) =>
    app
      .get(CommandBus)
      .execute(new TellEnterprise(enterprise, command, stepOf({ enterprise, account: by }, `${step} ${registration}`)));
  const facts = { name, registeredAddress: { area, text: '演示地址' } };
  await tell('apply', { type: 'ApplyForRegistration', enterprise, registration, day, from: '2019-01-01', facts });
  const evidence = (['business-licence', 'authorisation'] as const).map((kind) => page(registration, kind));
  for (const { id, bytes, kind } of evidence) {
    await app.get(Attachments).keep({ id, account, registration, name: `演示-${kind}.pdf`, bytes });
  }
  const named = evidence.map(({ id, sha256, kind }) => ({ id, sha256, kind }));
  await tell('evidence', { type: 'AttachEvidence', registration, evidence: named });
  const by = { ...BUREAU, office: officeFor(area) };
  const seen = { name, evidence: evidence.map(({ id }) => id) };
  await tell('confirm', { type: 'ConfirmRegistration', registration, day, ...seen, by }, BUREAU.account);
}

/** A page that says what it is, as PDF: evidence must be a file of a kind that is taken. */
function page<Kind extends string>(registration: string, kind: Kind) {
  const bytes = Buffer.from(`%PDF-1.4\n% ${registration} ${kind} demo\ntrailer<<>>\n%%EOF\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { id: derivedId('story', 'file', registration, kind), kind, bytes, sha256 };
}

/** Publishers enter by a list of lead firms; only what is on one may publish demand. */
export async function publishLeadList(app: INestApplicationContext, firms: readonly StoryFirm[]): Promise<void> {
  const list = derivedId('story', 'lead-list');
  const day = shanghaiDay(app.get(Clock).now());
  const head = { title: '演示名单', document: '演示〔2020〕1号', from: '2020-01-01', to: '2020-12-31' };
  const commands = [
    { type: 'DraftLeadList', list, head, firms: firms.map(({ enterprise, name }) => ({ enterprise, name })) },
    { type: 'PublishLeadList', publishedOn: day, day, by: BUREAU.account },
  ] as const;
  for (const command of commands) {
    const context = stepOf({ enterprise: '', account: BUREAU.account }, command.type);
    await app.get(CommandBus).execute(new TellLeadList(list, command, context));
  }
  await caughtUp(app, leadLists);
}

const PATIENCE = 120_000;

/** Until the views that the story reads from have seen all that was written. */
export async function caughtUp(
  app: INestApplicationContext,
  ...views: (typeof leadLists | typeof openDemands | typeof promotions)[]
): Promise<void> {
  const head = await app.get(EventStore).head();
  if (head === undefined) return;
  for (const view of views) {
    if (!(await app.get(ReadModels).reached(view, head, PATIENCE))) {
      throw new Error(`waited in vain for ${view.name}`);
    }
  }
}
