import { SetClock } from '@app/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { CatalogueStory } from './catalogues';
import type { DemoCity } from './city';
import { ClaimStory } from './claims';
import { FinanceStory } from './finance';
import { FirmStory } from './firms';
import { tradedOrders } from './orders';
import { PairStory, recordedTrade } from './pairs';
import { PolicyStory } from './policies';
import { movedFirm, reportStory } from './reports';
import { DemoSignIn, shownFirms } from './sign-ins';
import { Action, Telling } from './telling';
import { TradeStory } from './trades';

/** Streams are independent; more at once would only queue. */
const AT_ONCE = 24;

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
  const telling = new Telling(app, city, signIns, now);
  const firms = new FirmStory(telling);
  await firms.openAccounts();
  const told = [...firms.actions(), ...new CatalogueStory(telling).actions(), ...fromAwardToMoney(telling)];
  const inTime = told.map((action) => ({ ...action, at: Math.min(action.at, now) }));
  const actions = [...inTime, ...reportStory(app, city, signIns, now)].sort((a, b) => a.at - b.at);
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
  await telling.caughtUp('views to catch up');
}

function fromAwardToMoney(telling: Telling): Action[] {
  const { city, today, now } = telling;
  const { lead, secondLead, sme, rival } = shownFirms(city);
  const orders = tradedOrders(city, today, now, [lead, secondLead, sme, rival]);
  const recorded = recordedTrade(today, lead, sme);
  const trades = new TradeStory(telling);
  const claimants = { returned: sme, lead: secondLead, leftOut: [movedFirm(city)] };
  return [
    ...trades.actions(orders),
    ...new PairStory(telling, trades).actions(orders, recorded),
    ...new FinanceStory(telling).actions(orders, sme, rival),
    ...new PolicyStory(telling).actions(),
    ...new ClaimStory(telling).actions([...orders, recorded], claimants),
  ];
}
