import { PasswordProfile } from './password-profile';
import { ServerKeys } from './server-keys';

export type AuthOptions = {
  readonly keys: ServerKeys;
  /** Where browsers reach the platform, when that is not the Host they name: behind a proxy that rewrites it. */
  readonly origins?: readonly string[];
  /** A session ends this long after its last request. */
  readonly idleMinutes?: number;
  /** A session ends this long after sign-in, whatever happens. */
  readonly longestHours?: number;
  readonly password?: Partial<PasswordProfile>;
  /** argon2id's cost: memory in KiB, passes. Lower it only for throw-away data. */
  readonly hashing?: { readonly memoryCost: number; readonly timeCost: number };
  /** A file outside the database that outlives a restored backup and has every erasure, one JSON object a line. */
  readonly erasureFile?: string;
};

/** How sign-in behaves here; every value has a safe default except the keys. */
export class AuthSettings {
  readonly keys: ServerKeys;
  readonly origins: readonly string[];
  readonly idleMinutes: number;
  readonly longestHours: number;
  readonly password: PasswordProfile;
  readonly hashing: { readonly memoryCost: number; readonly timeCost: number };
  readonly erasureFile: string | undefined;

  constructor(options: AuthOptions) {
    this.keys = options.keys;
    this.origins = options.origins ?? [];
    this.idleMinutes = options.idleMinutes ?? 120;
    this.longestHours = options.longestHours ?? 12;
    this.password = { ...new PasswordProfile(), ...options.password };
    // OWASP's first choice for argon2id.
    this.hashing = options.hashing ?? { memoryCost: 19_456, timeCost: 2 };
    this.erasureFile = options.erasureFile;
  }
}
