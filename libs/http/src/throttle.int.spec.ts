import { startApp } from '../../../test/support/app';

describe('the limit of an address', () => {
  it('is one for a whole /64 of IPv6, and for an address of IPv4 however it is written', async () => {
    const app = await startApp({ http: { throttle: { limit: 3, ttl: 60_000 }, trustedProxies: 1 } });
    const from = async (address: string) =>
      (await app.anybody().get('/api/platform', { headers: { 'X-Forwarded-For': address } })).status;
    try {
      for (const address of ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:3:4:5:6'])
        expect(await from(address)).toBe(200);
      expect(await from('2001:DB8:1:2::9')).toBe(429);
      expect(await from('2001:db8:1:3::9')).toBe(200);
      for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1']) expect(await from(address)).toBe(200);
      expect(await from('::ffff:192.0.2.1')).toBe(429);
    } finally {
      await app.stop();
    }
  });
});
