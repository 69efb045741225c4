import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { HttpOptions } from './http-options';
import { Metrics } from './metrics';
import { Problem } from './problem';

/** Who may read: who sends the token; without one this machine, unless a proxy may stand on it. */
export type MetricsReaders = Pick<HttpOptions, 'metricsToken' | 'trustedProxies' | 'isPublic'>;

/**
 * `GET /metrics`, for Prometheus. Counts of requests and the lag of followers tell of others' acts: they are for this
 * machine, or by the operator's token. It stands before the routes, whose guard would take that token for an API token.
 */
export const showMetrics =
  (metrics: Metrics, readers: MetricsReaders) =>
  (request: Request, response: Response, next: NextFunction): void => {
    if (request.path !== '/metrics' || request.method !== 'GET') return next();
    sendMetrics(metrics, readers, request, response).then((allowed) => {
      if (!allowed) next(new Problem(404, 'route-unknown'));
    }, next);
  };

/** Answers with the metrics, on any HTTP server of Node. False, and nothing was sent, where the asker may not read them. */
export async function sendMetrics(
  metrics: Metrics,
  { metricsToken, trustedProxies, isPublic }: MetricsReaders,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const allowed =
    metricsToken === undefined
      ? trustedProxies === 0 && !isPublic && isOfThisMachine(request)
      : sameText(token, metricsToken);
  if (!allowed) return false;
  const text = await metrics.text();
  response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
  response.end(text);
  return true;
}

/** What proxies add. One that adds none of them is not to be told from this machine. */
const PASSED_ON = /^(via|forwarded|x-real-ip|x-forwarded-.*)$/;

/** A request that a proxy on this machine passed on comes from elsewhere. */
const isOfThisMachine = ({ socket, headers }: IncomingMessage): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '') &&
  !Object.keys(headers).some((name) => PASSED_ON.test(name));

/** Comparison whose duration does not tell how much was right. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
