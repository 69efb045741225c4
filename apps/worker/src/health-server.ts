import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metrics, Readiness, sendMetrics } from '@app/http';
import type { INestApplicationContext } from '@nestjs/common';

export type HealthServer = { readonly port: number; close(): Promise<void> };

/**
 * `GET /health/live`, `/health/ready` and `/metrics` of a process that serves nothing else, for those who run it; as the
 * API answers them. `follows` says whether it has begun to.
 */
export async function serveHealth(
  app: INestApplicationContext,
  { port, metricsToken, follows }: { port: number; metricsToken: string | undefined; follows: () => boolean },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(app, { metricsToken, follows }, request, response).catch(() => {
      if (!response.headersSent) send(response, 500, 'failed');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function answer(
  app: INestApplicationContext,
  { metricsToken, follows }: { metricsToken: string | undefined; follows: () => boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.method === 'GET' ? request.url?.split('?')[0] : undefined;
  if (path === '/health/live') return send(response, 200, 'ok');
  if (path === '/health/ready') {
    const ready = follows() && (await isReady(app.get(Readiness)));
    return ready ? send(response, 200, 'ok') : send(response, 503, 'not-ready');
  }
  if (path === '/metrics' && (await sendMetrics(app.get(Metrics), metricsToken, request, response))) return;
  send(response, 404, 'route-unknown');
}

const isReady = (readiness: Readiness): Promise<boolean> =>
  readiness.check().then(
    () => true,
    () => false,
  );

function send(response: ServerResponse, status: number, said: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ status: said }));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
