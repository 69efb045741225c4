/** Settings of the door; an abstract token and its usual values in one. */
export class HttpOptions {
  /** Requests of one address, over all routes, in `ttl` milliseconds. */
  readonly throttle: { readonly limit: number; readonly ttl: number } = { limit: 3_000, ttl: 10_000 };
  /** Proxies in front of this process whose X-Forwarded-For is believed. */
  readonly trustedProxies: number = 0;
  /** Who sends it as a bearer token reads /metrics; without it only this machine does. */
  readonly metricsToken: string | undefined;
  /** Milliseconds between two signs of life on a live stream. */
  readonly heartbeat: number = 15_000;

  constructor(given: Partial<HttpOptions> = {}) {
    Object.assign(this, given);
  }
}
