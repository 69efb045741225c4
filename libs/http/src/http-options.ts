/** Settings of the door; an abstract token and its usual values in one. */
export class HttpOptions {
  /** Requests of one address, over all routes, in `ttl` milliseconds. */
  readonly throttle: { readonly limit: number; readonly ttl: number } = { limit: 3_000, ttl: 10_000 };
  /** Proxies in front of this process whose X-Forwarded-For is believed. */
  readonly trustedProxies: number = 0;
  /** Whether others than this machine reach it under an address of its own, so that a proxy may stand on the machine. */
  readonly isPublic: boolean = false;
  /** Who sends it as a bearer token reads /metrics; without it only this machine does, and nobody where `isPublic`. */
  readonly metricsToken: string | undefined;
  /** Milliseconds between two signs of life on a live stream. */
  readonly heartbeat: number = 15_000;

  constructor(given: Partial<HttpOptions> = {}) {
    Object.assign(this, given);
  }
}
