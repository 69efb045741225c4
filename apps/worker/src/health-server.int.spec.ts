import { HttpOptions, Readiness } from '@app/http';
import { startApp } from '../../../test/support/app';
import { serveHealth } from './health-server';

it('a worker that is not ready names what is down', async () => {
  const api = await startApp({ follows: false });
  let follows = false;
  const health = await serveHealth(api.app, { port: 0, readers: new HttpOptions(), follows: () => follows });
  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${health.port}/health/ready`);
    return [answer.status, await answer.json()];
  };
  try {
    expect(await ready()).toEqual([503, { status: 'not-ready', parts: ['following'] }]);
    follows = true;
    expect(await ready()).toEqual([200, { status: 'ok' }]);
    api.app.get(Readiness).drain();
    expect(await ready()).toEqual([503, { status: 'not-ready', parts: ['serving'] }]);
  } finally {
    await health.close();
    await api.stop();
  }
});
