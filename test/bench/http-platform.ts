import { randomUUID } from 'node:crypto';
import { Accounts, ServerKeys, Sessions } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { Clock, derivedId, Party, shanghaiDay, usccCheckCharacter } from '@app/kernel';
import { TellEnterprise, TellLeadList } from '@app/registry';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { serve } from '../../apps/api/src/serve';

// The platform of the bench `http`, in a process of its own: forked with the database in DATABASE_URL, it answers with its
// port and the sessions of one lead and of so many SMEs, and ends when its parent has gone.

export type SignedIn = { readonly cookie: string; readonly csrf: string };
export type Started = { readonly port: number; readonly lead: SignedIn; readonly smes: readonly SignedIn[] };

const OFFICE = '350582';

async function start(databaseUrl: string, smes: number): Promise<Started> {
  const serving = await serve(
    { databaseUrl, keys: ServerKeys.fromText('be'.repeat(32)), http: { throttle: { limit: 1e9, ttl: 1_000 } } },
    0,
    '127.0.0.1',
  );
  const firms = new Firms(serving.app);
  const lead = await firms.confirmed();
  await firms.list(lead);
  const signedIn: SignedIn[] = [];
  for (let made = 0; made < smes; made++) signedIn.push(await firms.signIn(await firms.confirmed()));
  process.once('disconnect', () => void serving.stop().finally(() => process.exit(0)));
  return { port: serving.port, lead: await firms.signIn(lead), smes: signedIn };
}

/** Made-up firms, by the commands that everybody else uses. */
class Firms {
  private made = 0;
  private readonly day: string;

  constructor(private readonly app: INestApplicationContext) {
    this.day = shanghaiDay(app.get(Clock).now());
  }

  async confirmed(): Promise<Party> {
    const first17 = `91350527MB${String(++this.made).padStart(7, '0')}`;
    const enterprise = first17 + usccCheckCharacter(first17);
    const registration = randomUUID();
    const name = `演示企业${this.made}`;
    const evidence = (['business-licence', 'authorisation'] as const).map((kind) => {
      return { id: derivedId(kind, registration), sha256: 'a'.repeat(64), kind };
    });
    const registeredAddress = { area: OFFICE, text: '陈埭镇一号路 1 号' };
    const tell = (command: TellEnterprise['command']) =>
      this.app.get(CommandBus).execute(new TellEnterprise(enterprise, command, context()));
    const facts = { name, registeredAddress, industry: '1953' };
    await tell({ type: 'ApplyForRegistration', enterprise, registration, day: this.day, from: '2018-05-01', facts });
    await tell({ type: 'AttachEvidence', registration, evidence });
    const by = { account: randomUUID(), name: '演示经办', office: OFFICE };
    const seen = { name, evidence: evidence.map(({ id }) => id), day: this.day, by };
    await tell({ type: 'ConfirmRegistration', registration, ...seen });
    return { enterprise, registration };
  }

  async list({ enterprise }: Party): Promise<void> {
    const list = randomUUID();
    const bus = this.app.get(CommandBus);
    const year = this.day.slice(0, 4);
    const head = { title: '龙头企业名单', document: '演示1号', from: `${year}-01-01`, to: `${year}-12-31` };
    const firms = [{ enterprise, name: '演示龙头' }];
    await bus.execute(new TellLeadList(list, { type: 'DraftLeadList', list, head, firms }, context()));
    const publish = { type: 'PublishLeadList', publishedOn: this.day, day: this.day, by: 'bench' } as const;
    await bus.execute(new TellLeadList(list, publish, context()));
  }

  async signIn(party: Party): Promise<SignedIn> {
    const id = randomUUID();
    const accounts = this.app.get(Accounts);
    await accounts.create({ id, name: '演示', mobile: `136${String(++this.made).padStart(8, '0')}` });
    await accounts.addMembership(id, { ...party, innerRole: 'manager' });
    const sessions = this.app.get(Sessions);
    const opened = await sessions.open(id, 'password');
    return { cookie: `__Host-peitao=${opened.id}`, csrf: sessions.csrfToken(opened.session) };
  }
}

const context = (): CommandContext => ({
  commandId: randomUUID(),
  commandHash: 'bench',
  actor: 'process:bench',
  enterprise: '',
  correlationId: 'bench',
  causationId: 'bench',
});

if (process.send) {
  start(process.env.DATABASE_URL!, Number(process.env.BENCH_SMES)).then(
    (started) => process.send!(started),
    (error: unknown) => {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send!(told, () => process.exit(1));
    },
  );
}
