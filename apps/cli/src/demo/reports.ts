import type { CommandContext } from '@app/event-store';
import { addDays, canonicalHash, derivedId, shanghaiDay, startOfDay } from '@app/kernel';
import { Followers } from '@app/projections';
import { OFFICES, TellEnterprise } from '@app/registry';
import {
  DayReportOf,
  EnterDayCorrection,
  figuresHash,
  OpenDayReport,
  PrepareDayReport,
  TellDayReport,
} from '@app/reports';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import type { DemoCity, DemoFirm } from './city';
import type { DemoSignIn } from './sign-ins';
import { until } from './telling';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Days before the last one that have a frozen report; the last one has a draft. */
const SIGNED_DAYS = 5;

type Action = { readonly at: number; readonly run: () => Promise<unknown> };

/**
 * The bureau's day reports of the last days: prepared by one officer, reviewed by another, with a correction after an address
 * was found to be another one; and a draft of the last day.
 */
export function reportStory(
  app: INestApplicationContext,
  city: DemoCity,
  signIns: readonly DemoSignIn[],
  now: number,
): Action[] {
  const story = new ReportStory(app, signIns);
  const today = shanghaiDay(now);
  const days = Array.from({ length: SIGNED_DAYS }, (_, n) => addDays(today, n - SIGNED_DAYS));
  const at = (day: string, hours: number, minutes: number): number =>
    Math.min(now, startOfDay(day) + hours * HOUR + minutes * MINUTE);
  return [
    ...days.flatMap((day, n): Action[] => [
      { at: at(day, 16, 33), run: () => story.open(day) },
      ...(n === 3 ? [{ at: at(day, 16, 47), run: () => story.correct(day, days[1]!) }] : []),
      { at: at(day, 17, 7), run: () => story.prepare(day) },
      { at: at(day, 17, 23), run: () => story.review(day) },
    ]),
    { at: at(days[2]!, 9, 13), run: () => story.moveFirm(city, days[2]!) },
    { at: at(today, 8, 33), run: () => story.open(today) },
  ];
}

/** The firm whose licence says another county. */
export const movedFirm = ({ firms }: DemoCity): DemoFirm =>
  firms.filter(({ isLead, isWaiting }) => !isLead && !isWaiting)[9]!;

class ReportStory {
  private readonly commands = this.app.get(CommandBus);
  private readonly queries = this.app.get(QueryBus);
  private readonly preparer = this.officer('演示·市局经办');
  private readonly reviewer = this.officer('演示·市局科长');

  constructor(
    private readonly app: INestApplicationContext,
    private readonly signIns: readonly DemoSignIn[],
  ) {}

  open(day: string): Promise<unknown> {
    return this.tell(`open report ${day}`, (context) => new OpenDayReport(day, undefined, this.preparer, context));
  }

  async prepare(day: string): Promise<void> {
    await this.caughtUp();
    const found = await this.queries.execute(new DayReportOf(day));
    const seen = figuresHash(found!.statement);
    await this.tell(`prepare report ${day}`, (context) => new PrepareDayReport(day, seen, this.preparer, context));
  }

  async review(day: string): Promise<void> {
    const found = await this.queries.execute(new DayReportOf(day));
    const review = { type: 'ReviewDayReport', sha256: found!.report.sha256!, by: this.reviewer } as const;
    await this.tell(`review report ${day}`, (context) => new TellDayReport(day, review, context), this.reviewer);
  }

  correct(day: string, of: string): Promise<unknown> {
    const correction = derivedId('demo-correction', day);
    const office = OFFICES[0]!.area;
    const reason = '演示·重复发布一条，经核对扣减';
    const entered = { correction, of, office, figure: 'demands', change: '-1', reason, by: this.preparer } as const;
    return this.tell(`correct report ${day}`, (context) => new EnterDayCorrection(day, entered, context));
  }

  /** A licence says another county than the firm did: the next report corrects those before it. */
  moveFirm(city: DemoCity, day: string): Promise<unknown> {
    const { enterprise, registration, area } = movedFirm(city);
    const officer = this.signIns.find((one) => one.role === 'county-officer' && one.area === area)!;
    const moved = OFFICES[(OFFICES.findIndex((office) => office.area === area) + 1) % OFFICES.length]!;
    const by = { account: officer.account, name: officer.name, office: area };
    const facts = { registeredAddress: { area: moved.area, text: '演示路 99 号' } };
    const check = { type: 'CheckFacts', registration, day, from: '2019-01-01', facts, by } as const;
    return this.tell(`move ${registration}`, (context) => new TellEnterprise(enterprise, check, context), by);
  }

  private officer(name: string) {
    const { account } = this.signIns.find((one) => one.name === name)!;
    return { account, name, office: 'city' };
  }

  private async caughtUp(): Promise<void> {
    const followers = this.app.get(Followers);
    const isCaughtUp = async () => (await followers.status()).every(({ lag }) => lag === 0);
    await until(isCaughtUp, 'the views of day reports');
  }

  private tell<T>(step: string, make: (context: CommandContext) => Command<T>, by = this.preparer): Promise<T> {
    const commandId = derivedId('demo-command', step);
    return this.commands.execute(
      make({
        commandId,
        commandHash: canonicalHash({ demo: step }),
        actor: `account:${by.account}`,
        enterprise: '',
        correlationId: commandId,
        causationId: commandId,
      }),
    );
  }
}
