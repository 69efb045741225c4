import { BadSetting, settingsFrom } from './settings';

describe('settings', () => {
  it('have usual values', () => {
    expect(settingsFrom({}, false)).toMatchObject({ port: 3_000, databaseUrl: undefined, logLevel: 'info', drain: 0 });
    expect(settingsFrom({}, true).logLevel).toBe('warn');
    expect(settingsFrom({ PORT: '' }, false).port).toBe(3_000);
  });

  it('of another store are refused, since the log stands in PostgreSQL only', () => {
    expect(() => settingsFrom({ EVENTSTORE_URL: 'esdb://localhost:2113' }, false)).toThrow(BadSetting);
    expect(() => settingsFrom({ EVENTSTORE_URL: 'esdb://localhost:2113' }, false)).toThrow(/PostgreSQL only/);
  });

  it.each(['-1', '65536', 'http', '3000.5', '0x10'])('do not take %s for a port', (PORT) => {
    expect(() => settingsFrom({ PORT }, false)).toThrow(/PORT/);
  });
});
