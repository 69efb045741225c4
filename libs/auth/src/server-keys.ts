import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'server-key';
const NONCE = 12;
const TAG = 16;

/**
 * The keys of this installation, all derived from one random root that never stands in the database: a stolen dump gives
 * no contact, no person and no valid cursor. One key per purpose, so that what is made for one is worth nothing in another.
 */
export class ServerKeys {
  private readonly derived = new Map<string, Buffer>();

  private constructor(private readonly root: Buffer) {
    if (root.length < 32) throw new Error('the server key must have at least 32 bytes');
  }

  /** From 64 or more hexadecimal digits, as `PEITAO_SERVER_KEY` carries them to processes that share no disk. */
  static fromText(text: string): ServerKeys {
    if (!/^([0-9a-f]{2}){32,}$/i.test(text.trim()))
      throw new Error('the server key must be 64 or more hexadecimal digits');
    return new ServerKeys(Buffer.from(text.trim(), 'hex'));
  }

  /** Reads the folder's 0600 key file, making it at the first start. Racing starters end with the same key. */
  static inFolder(folder: string): ServerKeys {
    const file = join(folder, FILE);
    const read = () => ServerKeys.fromText(readFileSync(file, 'utf8'));
    try {
      return read();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Written whole under another name and then linked: nobody reads half a key, and the first link wins.
    const draft = `${file}.${randomBytes(8).toString('hex')}`;
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(draft, 0o600);
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
    return read();
  }

  /** For tests and throw-away databases. */
  static random(): ServerKeys {
    return new ServerKeys(randomBytes(32));
  }

  /** 32 bytes for one purpose, the same in every process of this installation. */
  key(purpose: string): Buffer {
    let key = this.derived.get(purpose);
    if (!key) this.derived.set(purpose, (key = Buffer.from(hkdfSync('sha256', this.root, 'peitao', purpose, 32))));
    return key;
  }

  /** HMAC-SHA-256 in base64url. */
  mac(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
  }

  /** Encrypted and bound to its place (AES-256-GCM): moved to another row it does not open. base64url. */
  seal(purpose: string, place: string, text: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined for what was not sealed here, for this purpose and this place. */
  open(purpose: string, place: string, sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE + TAG) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, NONCE), {
      authTagLength: TAG,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Tells one installation's key from another's without giving it away. */
  get fingerprint(): string {
    return this.mac('fingerprint', '');
  }
}

/** A secret to hand out once, 32 random bytes in base64url; only `hashOf` it is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Comparison whose duration does not tell how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
