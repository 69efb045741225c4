import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metrics, Readiness, sendMetrics } from '@app/http';
import type { MetricsReaders } from '@app/http';
import type { INestApplicationContext } from '@nestjs/common';

export type HealthServer = { readonly port: number; close(): Promise<void> };

/**
 * `GET /health/live`, `/health/ready` and `/metrics` of a process that serves nothing else, for those who run it; as the
 * API answers them. `follows` says whether it has begun to.
 */
export async function serveHealth(
  app: INestApplicationContext,
  { port, readers, follows }: { port: number; readers: MetricsReaders; follows: () => boolean },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(app, { readers, follows }, request, response).catch(() => {
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
  { readers, follows }: { readers: MetricsReaders; follows: () => boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.method === 'GET' ? request.url?.split('?')[0] : undefined;
  if (path === '/health/live') return send(response, 200, 'ok');
  if (path === '/health/ready') {
    const down = follows() ? await app.get(Readiness).down() : ['following'];
    return down.length === 0 ? send(response, 200, 'ok') : send(response, 503, 'not-ready', down);
  }
  if (path === '/metrics' && (await sendMetrics(app.get(Metrics), readers, request, response))) return;
  send(response, 404, 'route-unknown');
}

function send(response: ServerResponse, status: number, said: string, parts?: readonly string[]): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ status: said, parts }));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
