import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ServerKeys } from '@app/auth';
import { Streams } from '@app/event-store';
import { StructuredLog } from '@app/http';
import { derivedId, Refused, SetClock, startOfDay } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import {
  BeginImport,
  importKind,
  listing,
  listingStream,
  openDemands,
  promotions,
  PublishCatalogue,
  StageImport,
  TakeImportPart,
} from '@app/matching';
import { Followers } from '@app/projections';
import { guessMapping, Staging } from '@app/spreadsheets';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from 'commander';
import { drawFrom } from '../demo/city';
import { BadSetting } from '../../../api/src/settings';
import { checkout } from '../checkout';
import { freshDatabase } from '../fresh-database';
import { withAppOn } from '../platform';
import { areaOf } from './story-areas';
import { csvOf, FirmRows, MAKER, PUBLISHER, readStoryFile, StoryFile } from './story-files';
import { caughtUp, partyOf, publishLeadList, register, stepOf, storyFirm, StoryFirm } from './story-firms';
import { Demand, inTurns, Trade } from './story-trade';

/** What the story ends with: one line of JSON. `awards` and `accepted` count shares, `split` listings with several. */
export type StoryTotals = {
  readonly rows: number;
  readonly listings: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly listingsWithMaker: number;
  readonly offers: number;
  readonly closed: number;
  readonly awards: number;
  readonly split: number;
  readonly accepted: number;
};

const DATA = join(checkout(), '../shared/data');
const HOUR = 3_600_000;
const BEGIN = startOfDay('2020-02-03') + 9 * HOUR;
const DEADLINE = '2020-02-07 18:00';
const DELIVER_BY = '2020-02-29';
const SEED = 20200203;
const PATIENCE = 120_000;

const NEED_MARK = '演示：需求为2020年公开发布，交易条款为演示设定';
const MADE_MARK = '演示：来源未给产能时，月产能为抽取';

export function storyCommand(program: Command): void {
  program
    .command('story')
    .description('real files from demand to accepted shares, against a fresh log that is thrown away')
    .option('--demands <csv>', 'demand lines of many organisations', join(DATA, 'covid2020_hospital_demands.csv'))
    .option('--offers <csv>', 'products of many makers', join(DATA, 'covid2020_factory_offers.csv'))
    .action(async (files: { demands: string; offers: string }) => {
      const absent = [files.demands, files.offers].filter((file) => !existsSync(file));
      if (absent.length > 0) {
        const missing = absent.map((file) => resolve(file)).join(', ');
        throw new BadSetting(`no such file: ${missing} (name one by --demands, --offers) 没有这个文件`);
      }
      console.log(JSON.stringify(await tellStory(files.demands, files.offers, (line) => console.log(line))));
    });
}

/** Through the real commands in this process, on a database of its own. */
export async function tellStory(demands: string, offers: string, say: (line: string) => void): Promise<StoryTotals> {
  const [wanted, made] = [await readStoryFile(demands, PUBLISHER), await readStoryFile(offers, MAKER)];
  const database = await freshDatabase();
  try {
    const clock = new SetClock(BEGIN);
    const opened = { databaseUrl: database.url, keys: ServerKeys.random(), log: new StructuredLog({ level: 'error' }) };
    return await withAppOn(opened, (app) => new Story(app, clock, say).tell(wanted, made), clock);
  } finally {
    await database.drop();
  }
}

class Story {
  private readonly commands = this.app.get(CommandBus);
  private readonly draw = drawFrom(SEED);
  private readonly refused = new Map<string, number>();
  private readonly demands = new Map<string, Demand>();

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: SetClock,
    private readonly say: (line: string) => void,
  ) {}

  async tell(wanted: StoryFile, made: StoryFile): Promise<StoryTotals> {
    const firmOf = (kind: 'publisher' | 'maker') => (rows: FirmRows, n: number) => ({
      ...{ firm: storyFirm(kind, n, rows.firm, areaOf(rows)), rows },
    });
    const publishers = wanted.firms.map(firmOf('publisher'));
    const makers = made.firms.map(firmOf('maker'));
    const rivals = ['一', '二', '三'].map((name, n) => storyFirm('rival', n, `演示·竞争供应商${name}`, '350582'));
    await this.app.get(Followers).start();

    const stand = await this.registerAll([...publishers, ...makers].map(({ firm }) => firm).concat(rivals));
    const leads = publishers.filter(({ firm }) => stand.has(firm));
    await publishLeadList(
      this.app,
      leads.map(({ firm }) => firm),
    );
    this.say(`演示名单: ${leads.length} publishers, ${makers.length} makers`);

    this.refuse('import-firm-missing', wanted.nameless);
    for (const { firm, rows } of publishers) {
      const code = this.notRegistered.get(firm);
      if (code !== undefined) this.refuse(code, rows.rows.length);
    }
    await inTurns(leads, ({ firm, rows }) => this.publishDemand(firm, rows, wanted.headings));
    this.report(wanted.rows);

    const offering = makers.filter(({ firm }) => stand.has(firm));
    const products = await this.promoteAll(offering, made);
    await caughtUp(this.app, openDemands, promotions);
    const trade = new Trade(this.app, this.demands, this.draw);
    const fitting = await trade.fitting(offering.map(({ firm }) => firm));
    this.say(`${products} products of ${offering.length} makers; ${fitting.size} demands found a maker`);

    this.clock.advance(24 * HOUR);
    const offers = await trade.offerAll(fitting, rivals);
    this.clock.set(startOfDay('2020-02-08') + 9 * HOUR);
    const closed = await trade.untilClosed(PATIENCE);
    const { awards, split, accepted } = await trade.awardAll();
    this.say(`${offers} offers; ${closed} listings closed; ${awards} shares awarded, ${split} listings split`);
    this.checkSum(wanted.rows);
    for (const [code, lines] of trade.refused) this.say(`${lines} lines refused: ${sentence(code)}`);
    return {
      rows: wanted.rows,
      listings: this.demands.size,
      refused: Object.fromEntries([...this.refused].sort()),
      listingsWithMaker: fitting.size,
      ...{ offers, closed, awards, split, accepted },
    };
  }

  private readonly notRegistered = new Map<StoryFirm, string>();

  /** A name that no registration may carry keeps its rows out, and nobody else's. */
  private async registerAll(firms: readonly StoryFirm[]): Promise<Set<StoryFirm>> {
    const stand = new Set<StoryFirm>();
    await inTurns(firms, async (firm) => {
      try {
        await register(this.app, firm);
        stand.add(firm);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.notRegistered.set(firm, error.code);
      }
    });
    return stand;
  }

  private async publishDemand(firm: StoryFirm, { rows, county }: FirmRows, headings: readonly string[]): Promise<void> {
    const constants = {
      ...{ unit: '个', supplyMode: '包工包料', freightIncluded: '是', invoiceType: '专票', paymentTermDays: '30' },
      ...{
        deliveryArea: firm.area,
        ...(county !== '' && { deliveryPlace: county.slice(0, 50) }),
        deliverBy: DELIVER_BY,
      },
      ...{ quotingDeadline: DEADLINE, acceptanceHours: '72', partsAccepted: '是', earlyCloseAllowed: '否' },
      ...{ visibility: '公开', note: NEED_MARK },
    };
    const { catalogue, taken } = await this.take('demand', firm, headings, rows, constants, (code) =>
      this.refuse(code, 1),
    );
    if (taken === 0) return;
    const person = { by: partyOf(firm), account: firm.account };
    const publication = await this.commands.execute(new PublishCatalogue(catalogue, person, stepOf(firm, 'publish')));
    for (const { code } of publication.refused) this.refuse(code, 1);
    for (const id of publication.published) {
      const { state } = await this.app.get(Streams).load(listing, listingStream(id));
      const { quantity, deliverBy } = state!.terms;
      this.demands.set(id, { listing: id, publisher: firm, quantity: quantity!, deliverBy: deliverBy! });
    }
  }

  private async promoteAll(
    makers: readonly { readonly firm: StoryFirm; readonly rows: FirmRows }[],
    { headings }: StoryFile,
  ): Promise<number> {
    const { columns } = importKind('promotion');
    const mapping = guessMapping(headings, columns);
    const capacities = [mapping.capacityPerMonth, mapping.capacityPerDay].flatMap((one) => one ?? []);
    // Drawn in the order of the file, whatever is done beside what.
    const prepared = makers.map(({ firm, rows }) => ({
      firm,
      rows: rows.rows.map((cells) => {
        const given = capacities.some((heading) => (cells[headings.indexOf(heading)] ?? '').trim() !== '');
        const row = headings.map((_, at) => cells[at] ?? '');
        return [...row, given ? '' : String(10_000 * (1 + Math.floor(this.draw() * 50)))];
      }),
    }));
    const wider = [...headings.map((one) => (one === mapping.capacityPerMonth ? DRAWN_BESIDE : one)), DRAWN];
    let products = 0;
    await inTurns(prepared, async ({ firm, rows }) => {
      const constants = { unit: '个', area: firm.area, note: MADE_MARK };
      const merged = mapping.capacityPerMonth === undefined ? rows : rows.map((row) => withOwn(row, headings, mapping));
      const { catalogue, taken } = await this.take('promotion', firm, wider, merged, constants, (code) =>
        this.say(`product of ${firm.name} refused: ${sentence(code)}`),
      );
      if (taken === 0) return;
      const person = { by: partyOf(firm), account: firm.account };
      const command = new PublishCatalogue(catalogue, person, stepOf(firm, 'promote'));
      const { published } = await this.commands.execute(command);
      products += published.length;
    });
    return products;
  }

  /** One firm's rows by the real import, into one catalogue of its own. */
  private async take(
    kind: 'demand' | 'promotion',
    firm: StoryFirm,
    headings: readonly string[],
    rows: readonly (readonly string[])[],
    constants: Record<string, string>,
    refused: (code: string) => void,
  ): Promise<{ catalogue: string; taken: number }> {
    const by = partyOf(firm);
    const { note: _, ...mapping } = guessMapping(headings, importKind(kind).columns);
    const id = derivedId('story', 'import', kind, firm.enterprise);
    const catalogue = derivedId('story', 'catalogue', kind, firm.enterprise);
    const title = kind === 'demand' ? '2020年2月产品需求目录' : '2020年2月产品推介目录';
    const terms = { title, from: '2020-02-01', to: '2020-02-29' };
    const asked = { import: id, kind, by, actor: `account:${firm.account}`, catalogue, terms, mapping, constants };
    const staged = await this.commands.execute(new StageImport(asked, csvOf(headings, rows)));
    if (staged.counts.good > 0) {
      const begin = new BeginImport(id, by, { mode: 'good-rows' }, stepOf(firm, `import ${kind}`));
      await this.commands.execute(begin);
      while (!(await this.commands.execute(new TakeImportPart(id, id))).ended);
    }
    const staging = this.app.get(Staging);
    const bad = await staging.rows(id, { states: ['bad', 'refused'], noticed: false, after: 0, limit: rows.length });
    for (const { faults } of bad) refused(faults![0]!.code);
    return { catalogue, taken: (await staging.summary(id, by.registration)).counts.taken };
  }

  private refuse(code: string, rows: number): void {
    if (rows > 0) this.refused.set(code, (this.refused.get(code) ?? 0) + rows);
  }

  /** A row that is neither taken nor refused would have been lost without a word. */
  private checkSum(rows: number): void {
    const told = this.demands.size + this.refusedRows();
    if (told !== rows) throw new Error(`${rows} rows were read, but ${told} were taken or refused`);
  }

  private refusedRows = () => [...this.refused.values()].reduce((total, one) => total + one, 0);

  private report(rows: number): void {
    const kept = this.refusedRows();
    this.say(`${rows} rows: ${this.demands.size} taken as listings, ${kept} refused`);
    for (const [code, count] of this.refused) this.say(`  ${count}  ${code}: ${sentence(code)}`);
  }
}

const DRAWN = '月产能';
const DRAWN_BESIDE = '来源月产能';

/** The file has a column for the month's capacity: what it says goes where else a drawn one stands. */
function withOwn(
  row: readonly string[],
  headings: readonly string[],
  mapping: Readonly<Record<string, string>>,
): string[] {
  const own = row[headings.indexOf(mapping.capacityPerMonth!)]?.trim() ?? '';
  return own === '' ? [...row] : [...row.slice(0, -1), own];
}

const sentence = (code: string): string => `${refusalSentence(code, {}, 'zh')} / ${refusalSentence(code, {}, 'en')}`;
