import { SCREENS, Screen, startWeb, Web } from '../support/browser';
import { smallTargets, sticksOut, unreachable } from '../support/browser-checks';

jest.setTimeout(240_000);

let web: Web;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web?.stop());

describe.each(Object.keys(SCREENS) as Screen[])('on a %s', (screen) => {
  it.each([
    ['zh', 'light', '登录'],
    ['zh', 'dark', '登录'],
    ['en', 'light', 'Sign in'],
  ] as const)('a visitor signs in by a page in %s, %s, that anybody can use', async (language, scheme, word) => {
    const visit = await web.visit(undefined, { screen, language, scheme });
    await visit.open('/sign-in');
    await visit.page.getByRole('button', { name: word, exact: true }).first().waitFor();
    expect(visit.faults()).toEqual([]);
    expect(await unreachable(visit)).toEqual([]);
    expect(await sticksOut(visit)).toEqual([]);
    if (screen === 'phone') expect(await smallTargets(visit)).toEqual([]);
  });
});
