import { recorded } from '@testing/projections';
import type { OrderEvent } from './order-story.rules';
import { confirmed, contractEntered, decided, opened, unanswered } from './testing';
import { foldTrade, noTradeYet, tradeFolded } from './trade-fold.rules';

/** The trade that these events tell, and the id of each of them. */
function told(...events: OrderEvent[]) {
  const progress = noTradeYet();
  const all = recorded(...events.map((event) => ['order-O1', event] as const));
  for (const event of all) foldTrade(progress, event);
  return { trade: tradeFolded(progress, () => ({ divided: false }))!, ids: all.map(({ id }) => id) };
}

describe('the contract date', () => {
  it('rests on the event that made the contract count', () => {
    const { trade, ids } = told(
      opened(),
      contractEntered('C1', { signedOn: '2020-03-05' }),
      confirmed('C1', 'supplier'),
      contractEntered('C2', { signedOn: '2020-03-09' }),
    );
    expect(trade).toMatchObject({ contractDate: '2020-03-05', contracted: { event: ids[2] } });
    const { trade: later, ids: more } = told(
      opened(),
      contractEntered('C1', { signedOn: '2020-03-05' }),
      confirmed('C1', 'supplier'),
      contractEntered('C2', { signedOn: '2020-03-09' }),
      unanswered('C2'),
      decided('C2', 'accepted'),
    );
    expect(later).toMatchObject({ contractDate: '2020-03-09' });
    expect(later.contracted).toMatchObject({
      event: more[5],
      acceptedByOffice: true,
      confirmedByAccount: 'olga',
    });
  });
  it('rests on the opening while no contract counts', () => {
    const { trade, ids } = told(opened(), contractEntered('C1'));
    expect(trade.contracted).toBeUndefined();
    expect(trade.opened.event).toBe(ids[0]);
  });
});
