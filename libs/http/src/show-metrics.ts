import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { HttpOptions } from './http-options';
import { Metrics } from './metrics';
import { Problem } from './problem';

/**
 * `GET /metrics`, for Prometheus. Counts of requests and the lag of followers tell of others' acts: they are for this
 * machine, or by the operator's token. It stands before the routes, whose guard would take that token for an API token.
 */
export const showMetrics =
  (metrics: Metrics, { metricsToken }: HttpOptions) =>
  (request: Request, response: Response, next: NextFunction): void => {
    if (request.path !== '/metrics' || request.method !== 'GET') return next();
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const allowed = metricsToken === undefined ? isOfThisMachine(request) : sameText(token, metricsToken);
    if (!allowed) return next(new Problem(404, 'route-unknown'));
    metrics.text().then((text) => response.type('text/plain; version=0.0.4; charset=utf-8').send(text), next);
  };

/** A request that a proxy on this machine passed on comes from elsewhere. */
const isOfThisMachine = ({ socket, headers }: Request): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined;

/** Comparison whose duration does not tell how much was right. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
