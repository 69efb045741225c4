import { createHash } from 'node:crypto';
import { Attachments } from '@app/attachments';
import { Accounts } from '@app/auth';
import { Streams } from '@app/event-store';
import type { CommandContext } from '@app/event-store';
import {
  addDays,
  canonicalHash,
  derivedId,
  instantText,
  Party,
  pause,
  SetClock,
  shanghaiDay,
  startOfDay,
} from '@app/kernel';
import {
  AddLines,
  AwardShares,
  listing,
  listingStream,
  ListingTerms,
  OpenCheck,
  PublishCatalogue,
  PublishPromotion,
  SubmitOffer,
  TellCatalogue,
  TellCheck,
  TellListing,
  TellListingAsParty,
  TellPromotion,
} from '@app/matching';
import { Followers } from '@app/projections';
import { TellEnterprise, TellLeadList } from '@app/registry';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommandBus } from '@nestjs/cqrs';
import { DemoCatalogue, DemoCity, DemoFirm, DemoLine, DemoOffer, STORY_DAYS } from './city';
import { reportStory } from './reports';
import type { DemoSignIn } from './sign-ins';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Streams are independent; more at once would only queue. */
const AT_ONCE = 24;
/** How long the filling waits for a process to do its part. */
const PATIENCE = 60_000;

type Action = { readonly at: number; readonly run: () => Promise<unknown> };

/**
 * Tells the story of the demo city through the real commands, on a set clock that runs from some weeks ago to `now`. Every
 * command's id follows from what it does, so that a filling that was interrupted is simply told again: what stands is left
 * alone, and the rest is done.
 */
export async function fillDemo(
  app: INestApplicationContext,
  clock: SetClock,
  city: DemoCity,
  signIns: readonly DemoSignIn[],
  now: number,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<void> {
  const story = new DemoStory(app, city, signIns, now);
  await story.openAccounts();
  const actions = [...story.actions(), ...reportStory(app, city, signIns, now)].sort((a, b) => a.at - b.at);
  for (let done = 0; done < actions.length;) {
    const { at } = actions[done]!;
    const together = actions.slice(done).filter((action) => action.at === at);
    if (at > clock.now()) clock.set(at);
    for (let from = 0; from < together.length; from += AT_ONCE) {
      await Promise.all(together.slice(from, from + AT_ONCE).map(({ run }) => run()));
    }
    done += together.length;
    progress(done, actions.length);
  }
  if (now > clock.now()) clock.set(now);
  await until(async () => (await app.get(Followers).status()).every(({ lag }) => lag === 0), 'views to catch up');
}

class DemoStory {
  private readonly commands = this.app.get(CommandBus);
  private readonly streams = this.app.get(Streams);
  private readonly today = shanghaiDay(this.now);
  private readonly begin = startOfDay(addDays(this.today, -STORY_DAYS)) + 9 * HOUR;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly city: DemoCity,
    private readonly signIns: readonly DemoSignIn[],
    private readonly now: number,
  ) {}

  /** Every firm has a person, so that each act shows who did it; only those of the table can sign in. */
  async openAccounts(): Promise<void> {
    const accounts = this.app.get(Accounts);
    for (const one of this.signIns) {
      const { account: id, name, mobile, password } = one;
      await accounts.create({ id, name, mobile, password });
      if (one.role !== 'member') await accounts.grantRole(id, one.role, one.area);
      else await accounts.addMembership(id, { ...partyOf(one.firm), innerRole: one.innerRole });
    }
    for (const [n, firm] of this.city.firms.entries()) {
      const id = accountOf(firm);
      await accounts.create({ id, name: `演示·经办人${n + 1}`, mobile: `1380000${String(n).padStart(4, '0')}` });
      await accounts.addMembership(id, { ...partyOf(firm), innerRole: 'clerk' });
    }
  }

  actions(): Action[] {
    const { firms, promotions, catalogues } = this.city;
    return [
      ...firms.flatMap((firm, n) => this.registering(firm, n)),
      { at: this.begin + 5 * HOUR, run: () => this.publishLeadList() },
      ...promotions.map(({ promotion, firm, product, capacity }): Action => {
        const terms = {
          product: product.product,
          industry: product.industry,
          unit: product.unit,
          capacityPerMonth: capacity,
        };
        const by = partyOf(firm);
        return {
          at: this.begin + 8 * HOUR,
          run: async () => {
            const draft = {
              type: 'DraftPromotion',
              promotion,
              by,
              terms: { ...terms, area: firm.area, note: MARK },
            } as const;
            await this.tell(firm, promotion, (context) => new TellPromotion(promotion, draft, context));
            await this.tell(firm, `publish ${promotion}`, (context) => new PublishPromotion(promotion, by, context));
          },
        };
      }),
      ...catalogues.flatMap((catalogue) => this.catalogueStory(catalogue)),
    ].map((action) => ({ ...action, at: Math.min(action.at, this.now) }));
  }

  private registering(firm: DemoFirm, n: number): Action[] {
    const { enterprise, registration, name, area, industry, staff, revenue } = firm;
    const day = shanghaiDay(this.begin);
    const evidence = (['business-licence', 'authorisation'] as const).map((kind) => ({
      ...demoFile(registration, kind),
      kind,
    }));
    const officer = this.officerFor(area);
    const tell = (what: string, command: TellEnterprise['command'], by?: string) =>
      this.tell(firm, `${what} ${registration}`, (context) => new TellEnterprise(enterprise, command, context), by);
    return [
      {
        at: this.begin,
        run: async () => {
          const facts = { name, registeredAddress: { area, text: `演示路 ${n + 1} 号` }, industry, staff, revenue };
          await tell('apply', {
            type: 'ApplyForRegistration',
            enterprise,
            registration,
            day,
            from: '2019-01-01',
            facts,
          });
          for (const { id, bytes, kind } of evidence) {
            const file = { id, account: accountOf(firm), registration, name: `演示-${kind}.pdf`, bytes };
            await this.app.get(Attachments).keep(file);
          }
          const named = evidence.map(({ id, sha256, kind }) => ({ id, sha256, kind }));
          await tell('evidence', { type: 'AttachEvidence', registration, evidence: named });
        },
      },
      ...(firm.isWaiting
        ? []
        : [
            {
              at: this.begin + 2 * HOUR,
              run: () =>
                tell(
                  'confirm',
                  {
                    type: 'ConfirmRegistration',
                    registration,
                    day,
                    name,
                    evidence: evidence.map(({ id }) => id),
                    by: { account: officer.account, name: officer.name, office: area },
                  },
                  officer.account,
                ),
            },
          ]),
    ];
  }

  private async publishLeadList(): Promise<void> {
    const list = derivedId('demo', 'lead-list');
    const day = shanghaiDay(this.begin);
    const head = {
      title: '演示·龙头企业名单',
      document: '演示〔名单〕1号',
      from: addDays(day, -30),
      to: addDays(day, 365),
    };
    const firms = this.city.firms.filter(({ isLead }) => isLead).map(({ enterprise, name }) => ({ enterprise, name }));
    const { account } = this.signIns.find(({ role }) => role === 'city-officer')!;
    const lead = this.city.firms[0]!;
    const commands = [
      { type: 'DraftLeadList', list, head, firms },
      { type: 'PublishLeadList', publishedOn: day, day, by: account },
    ] as const;
    for (const command of commands) {
      await this.tell(lead, `${command.type} ${list}`, (context) => new TellLeadList(list, command, context), account);
    }
    await until(async () => (await this.app.get(Followers).status()).every(({ lag }) => lag === 0), 'the lead list');
  }

  private catalogueStory(plan: DemoCatalogue): Action[] {
    const { catalogue, lead, title, from, to, lines, publishedDaysAgo, deadlineDaysAgo } = plan;
    const by = partyOf(lead);
    const published = startOfDay(addDays(this.today, -publishedDaysAgo)) + 10 * HOUR;
    const deadline = startOfDay(addDays(this.today, -deadlineDaysAgo)) + 18 * HOUR;
    const draft = async () => {
      const open = { type: 'OpenCatalogue', catalogue, kind: 'demand', by, terms: { title, from, to } } as const;
      await this.tell(lead, `open ${catalogue}`, (context) => new TellCatalogue(catalogue, open, context));
      const drafts = lines.map((line, n) => ({ listing: line.listing, terms: termsOf(line, n, lead, deadline) }));
      await this.tell(lead, `lines ${catalogue}`, (context) => new AddLines(catalogue, by, drafts, context));
    };
    if (lines.every(({ fate }) => fate === 'draft')) return [{ at: published, run: draft }];
    const publish = () =>
      this.tell(
        lead,
        `publish ${catalogue}`,
        (context) => new PublishCatalogue(catalogue, { by, account: accountOf(lead) }, context),
      );
    return [
      { at: published, run: () => draft().then(publish) },
      ...lines.flatMap((line, n) => this.lineStory(line, n, lead, published, deadline)),
    ];
  }

  private lineStory(line: DemoLine, n: number, lead: DemoFirm, published: number, deadline: number): Action[] {
    const { listing: id, fate, offers, question } = line;
    const by = partyOf(lead);
    const offering: Action[] = offers.map((offer, k) => ({
      at: published + 4 * HOUR + k * 20 * MINUTE,
      run: async () => {
        if (visibilityOf(n, line).class === 'pledge') {
          const pledge = {
            type: 'PledgeConfidentiality',
            by: partyOf(offer.firm),
            at: instantText(published + 3 * HOUR),
          } as const;
          await this.asParty(offer.firm, `pledge ${id} ${offer.offer}`, id, pledge);
        }
        await this.offer(line, offer, Math.min(published + 4 * HOUR + k * 20 * MINUTE, this.now));
      },
    }));
    const asking: Action[] = question && offers[0] ? [this.asking(line, offers[0].firm, lead, published)] : [];
    const cancelling = (): Action => ({
      at: published + 9 * HOUR,
      run: () =>
        this.told(lead, `cancel ${id}`, id, {
          type: 'CancelListing',
          by,
          at: instantText(Math.min(published + 9 * HOUR, this.now)),
          reason: 'no-longer-needed',
        }),
    });
    const story = [...offering, ...asking];
    switch (fate) {
      case 'draft':
        return [];
      case 'quoting':
        return story;
      case 'cancelled':
        return [...story, cancelling()];
      case 'closed':
        return [...story, { at: deadline + MINUTE, run: () => this.untilClosed(id) }];
      case 'second-round':
        return [...story, this.secondRound(line, lead, deadline)];
      case 'unfilled':
        return [...story, this.concluding(line, lead, deadline + 26 * HOUR)];
      case 'partly-awarded':
        return [...story, ...this.awarding(line, lead, deadline, n, 0.5)];
      case 'awarded':
        return [
          ...story,
          ...this.awarding(line, lead, deadline, n, 1),
          ...(deadline + 6 * 24 * HOUR < this.now ? [this.concluding(line, lead, deadline + 6 * 24 * HOUR)] : []),
        ];
    }
  }

  private async offer({ listing: id, deliverBy }: DemoLine, offer: DemoOffer, at: number): Promise<void> {
    const { offer: offerId, firm, quantity, unitPrice, vatRate, minimumLot } = offer;
    const terms = { quantity, unitPrice, vatRate, deliverBy, ...(minimumLot && { minimumLot }), note: MARK };
    const receivedAt = instantText(at);
    await this.tell(
      firm,
      `offer ${offerId}`,
      (context) => new SubmitOffer(id, offerId, partyOf(firm), terms, receivedAt, context),
    );
  }

  private asking({ listing: id, question }: DemoLine, asker: DemoFirm, lead: DemoFirm, published: number): Action {
    const asked = derivedId('demo-question', id);
    const { text, answer } = question!;
    return {
      at: published + 5 * HOUR,
      run: async () => {
        const at = instantText(Math.min(published + 5 * HOUR, this.now));
        const ask = { type: 'AskQuestion', question: asked, by: partyOf(asker), text, at } as const;
        await this.asParty(asker, `ask ${id}`, id, ask);
        const reply = { type: 'AnswerQuestion', question: asked, by: partyOf(lead), text: answer, at } as const;
        await this.told(lead, `answer ${id}`, id, reply);
      },
    };
  }

  private secondRound({ listing: id, offers }: DemoLine, lead: DemoFirm, deadline: number): Action {
    const at = deadline + 20 * HOUR;
    const ends = startOfDay(addDays(this.today, 2)) + 18 * HOUR;
    return {
      at,
      run: async () => {
        await this.untilClosed(id);
        const named = offers.slice(0, 2).map(({ offer }) => offer);
        if (named.length === 0) return;
        const open = {
          type: 'OpenSecondRound',
          by: partyOf(lead),
          offers: named,
          deadline: instantText(ends),
        } as const;
        await this.told(lead, `second round ${id}`, id, { ...open, at: instantText(Math.min(at, this.now)) });
      },
    };
  }

  /** Splits `part` of the listing over its offers; the suppliers accept the next morning, and now and then one declines. */
  private awarding(line: DemoLine, lead: DemoFirm, deadline: number, n: number, part: number): Action[] {
    const { listing: id, offers, quantity } = line;
    const at = deadline + 22 * HOUR;
    const split = splitOf(offers, Math.floor((Number(quantity) * part) / 100) * 100);
    if (split.length === 0) return [this.concluding(line, lead, at)];
    const shares = split.map(({ offer, quantity: taken }, k) => ({
      share: derivedId('demo-share', id, k),
      offer: offer.offer,
      quantity: String(taken),
      reason: (['price', 'delivery', 'nearby', 'quality'] as const)[(n + k) % 4]!,
    }));
    const person = { by: partyOf(lead), account: accountOf(lead) };
    const award = derivedId('demo-award', lead.registration, deadline);
    return [
      {
        at,
        run: async () => {
          await this.untilClosed(id);
          await this.tell(lead, `award ${id}`, (context) => new AwardShares(id, person, award, shares, [], context));
        },
      },
      {
        at: at + 18 * HOUR,
        run: async () => {
          for (const [k, { share }] of shares.entries()) {
            const { firm } = split[k]!.offer;
            const when = instantText(Math.min(at + 18 * HOUR, this.now));
            if (k > 0 && n % 5 === 0) {
              const decline = {
                type: 'DeclineShares',
                by: partyOf(firm),
                shares: [share],
                reason: 'capacity',
                at: when,
              } as const;
              await this.told(firm, `decline ${share}`, id, decline);
            } else {
              const accept = { type: 'AcceptShares', by: partyOf(firm), shares: [share], at: when } as const;
              await this.asParty(firm, `accept ${share}`, id, accept);
            }
          }
          if (n === 2) await this.checking(line, split[0]!.offer.firm);
        },
      },
    ];
  }

  private concluding({ listing: id }: DemoLine, lead: DemoFirm, at: number): Action {
    return {
      at,
      run: async () => {
        await this.untilClosed(id);
        const conclude = {
          type: 'ConcludeListing',
          by: partyOf(lead),
          at: instantText(Math.min(at, this.now)),
        } as const;
        await this.told(lead, `conclude ${id}`, id, conclude);
      },
    };
  }

  /** A check that the city bureau opened for cause and closed without a finding. */
  private async checking({ listing: id }: DemoLine, supplier: DemoFirm): Promise<void> {
    const officer = this.signIns.find(({ role }) => role === 'city-officer')!;
    const check = derivedId('demo-check', id);
    const by = { account: officer.account };
    const opened = await this.tell(
      supplier,
      `check ${id}`,
      (context) => new OpenCheck({ listing: id, supplier: supplier.registration }, check, '演示·例行抽查', by, context),
      officer.account,
    );
    const entry = { type: 'ConcludeCheck', result: 'clear', by, text: '演示·凭证与登记一致' } as const;
    await this.tell(
      supplier,
      `conclude check ${id}`,
      (context) => new TellCheck(opened.stream.slice('match-'.length), check, entry, context),
      officer.account,
    );
  }

  /** The deadline is kept by a process, as in life. */
  private untilClosed(id: string): Promise<void> {
    return until(async () => {
      const { state } = await this.streams.load(listing, listingStream(id));
      return state?.phase !== 'quoting';
    }, `the close of ${id}`);
  }

  private officerFor(area: string): DemoSignIn {
    const found = this.signIns.find((one) => one.role === 'county-officer' && one.area === area);
    return found ?? this.signIns.find(({ role }) => role === 'city-officer')!;
  }

  private told(firm: DemoFirm, step: string, id: string, command: TellListing['command']): Promise<unknown> {
    return this.tell(firm, step, (context) => new TellListing(id, command, context));
  }

  private asParty(firm: DemoFirm, step: string, id: string, command: TellListingAsParty['command']): Promise<unknown> {
    return this.tell(firm, step, (context) => new TellListingAsParty(id, command, context));
  }

  private tell<T>(
    firm: DemoFirm,
    step: string,
    make: (context: CommandContext) => Command<T>,
    account = accountOf(firm),
  ): Promise<T> {
    const commandId = derivedId('demo-command', step);
    return this.commands.execute(
      make({
        commandId,
        commandHash: canonicalHash({ demo: step }),
        actor: `account:${account}`,
        enterprise: firm.enterprise,
        correlationId: commandId,
        causationId: commandId,
      }),
    );
  }
}

const MARK = '演示数据';

const accountOf = ({ registration }: DemoFirm): string => derivedId('demo-account', registration);
const partyOf = ({ enterprise, registration }: DemoFirm): Party => ({ enterprise, registration });

function visibilityOf(n: number, { offers }: DemoLine): NonNullable<ListingTerms['visibility']> {
  if (n === 2) return { class: 'verified' };
  if (n === 4) return { class: 'pledge' };
  if (n === 5) return { class: 'invited', invited: [...new Set(offers.map(({ firm }) => firm.enterprise))] };
  return { class: 'public' };
}

function termsOf(line: DemoLine, n: number, lead: DemoFirm, deadline: number): ListingTerms {
  const { product, specification, itemCode, quantity, supplyMode, deliverBy } = line;
  const visibility = visibilityOf(n, line);
  return {
    product: product.product,
    specification,
    itemCode,
    industry: product.industry,
    unit: product.unit,
    quantity,
    supplyMode,
    freightIncluded: n % 2 === 0,
    deliveryPlace: { area: lead.area, text: '演示路 1 号仓库' },
    deliverBy,
    invoiceType: 'special',
    paymentTermDays: 30 + (n % 3) * 15,
    quotingDeadline: instantText(deadline),
    acceptanceHours: 72,
    partsAccepted: true,
    earlyCloseAllowed: n % 4 === 0,
    visibility: visibility.class === 'invited' && !visibility.invited?.length ? { class: 'public' } : visibility,
    note: MARK,
  };
}

/** Takes from the offers in their order until the wanted quantity is reached. */
function splitOf(offers: readonly DemoOffer[], wanted: number): { offer: DemoOffer; quantity: number }[] {
  const split: { offer: DemoOffer; quantity: number }[] = [];
  let left = wanted;
  for (const offer of offers) {
    const quantity = Math.min(left, Number(offer.quantity));
    if (quantity >= Number(offer.minimumLot ?? 1)) split.push({ offer, quantity });
    left -= quantity;
    if (left <= 0) break;
  }
  return split;
}

/** A page that says what it is, as PDF: evidence must be a file of a kind that is taken. */
function demoFile(registration: string, kind: string): { id: string; sha256: string; bytes: Buffer } {
  const bytes = Buffer.from(
    `%PDF-1.4\n% ${registration} ${kind} demo\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
  return {
    id: derivedId('demo-file', registration, kind),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
  };
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + PATIENCE; !(await condition()); await pause(10)) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}
