import { join } from 'node:path';
import { startWeb, Web } from '../support/browser';
import { smallTargets, sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { Firms } from '../support/firms';

jest.setTimeout(180_000);

// The checks that all browser specs rest on, on a page that breaks one rule at a time.

let web: Web;
beforeAll(async () => {
  web = await startWeb({ web: join(__dirname, 'bad-page') });
});
afterAll(() => web?.stop());

// What one page did is none of the next one's: each test has browsers of its own.
const begun: Visit[] = [];
async function visitOf(...whose: Parameters<Web['visit']>): Promise<Visit> {
  const visit = await web.visit(...whose);
  begun.push(visit);
  return visit;
}
afterEach(async () => {
  for (const visit of begun.splice(0)) await visit.close();
});

async function everyFault(visit: Visit): Promise<string[]> {
  return [
    ...visit.faults(),
    ...(await unreachable(visit)),
    ...(await sticksOut(visit)),
    ...(await smallTargets(visit)),
  ];
}

describe('a page that is as it should be', () => {
  it.each(['desktop', 'phone'] as const)('has no fault on a %s, and its styles apply', async (screen) => {
    const visit = await visitOf(undefined, { screen });
    await visit.open('/any/address');
    expect(await everyFault(visit)).toEqual([]);
    expect(await visit.ask("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(1, 2, 3)');
    expect(await visit.page.textContent('output')).toBe('401');
  });

  it('shows its characters in a font that has them', async () => {
    const visit = await visitOf();
    await visit.open('/');
    const session = await visit.context.newCDPSession(visit.page);
    const { root } = await session.send('DOM.getDocument');
    await session.send('CSS.enable');
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    expect(fonts.map(({ familyName }) => familyName)).toEqual([expect.stringMatching(/^Noto Sans/)]);
  });

  it('is opened by two people at once, each as himself', async () => {
    const lead = await new Firms(web).lead('演示龙头鞋业');
    const [visitor, buyer] = [await visitOf(), await visitOf(lead.client)];
    await Promise.all([visitor.open('/'), buyer.open('/')]);
    expect(await visitor.page.textContent('output')).toBe('401');
    expect(await buyer.page.textContent('output')).toBe('200');
    expect(await buyer.traffic.carrying(lead.enterprise)).toEqual([`GET /api/me: ${lead.enterprise}`]);
    expect(await visitor.traffic.carrying(lead.enterprise)).toEqual([]);
  });
});

describe('a page', () => {
  it.each([
    ['thrown', /^thrown: Error: thrown by the page/],
    ['console', /^console: said by the page$/],
    ['style', /policy violation: style-src-elem inline/],
    ['script', /policy violation: script-src-elem inline/],
    ['foreign', /^foreign: GET http:\/\/127\.0\.0\.2:9\/elsewhere$/],
    ['missing', /^answer: 404 GET \/assets\/missing\.png$/],
    ['nameless', /^button-name \(critical\) button/],
    ['wide', /^the page is \d+ px wide in a window of 390$/],
    ['small', /^button#small "小": \d\d x \d\d$/],
  ])('with the fault %s is found out', async (fault, found) => {
    const visit = await visitOf(undefined, { screen: 'phone' });
    await visit.open(`/#${fault}`);
    expect(await everyFault(visit)).toContainEqual(expect.stringMatching(found));
  });

  it('with a fault that the story provokes has none', async () => {
    const visit = await visitOf();
    visit.expects(/said by the page/);
    await visit.open('/#console');
    expect(visit.faults()).toEqual([]);
  });
});

describe('the line', () => {
  it('shows what comes on a live stream, without waiting for its end', async () => {
    const visit = await visitOf();
    await visit.open('/#live');
    const stream = visit.traffic.exchanges.find(({ path }) => path.startsWith('/api/live'));
    expect(stream).toMatchObject({ ended: false });
    expect(await visit.traffic.carrying('text/event-stream')).toEqual([
      'GET /api/live?views=open-demands: text/event-stream',
    ]);
    expect(visit.faults()).toEqual([]);
  });

  it('loses an answer where it is told to', async () => {
    const visit = await visitOf();
    visit.traffic.losesAnswerOf = (_method, path) => path === '/api/me';
    await visit.open('/');
    expect(visit.faults()).toContainEqual(expect.stringMatching(/^failed: net::ERR_EMPTY_RESPONSE GET .*\/api\/me$/));
    expect(await visit.page.textContent('output')).toBe('lost');
    expect(visit.traffic.exchanges.find(({ path }) => path === '/api/me')?.status).toBe(401);
  });
});
