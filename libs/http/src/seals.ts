import { createHmac } from 'node:crypto';
import { ServerKeys } from '@app/auth';

/** Sealed texts are padded to multiples of this, so that their length does not tell how large a position is. */
const BLOCK = 32;
const LONGEST_TOKEN = 4_096;

/**
 * Makes what a client carries for us opaque: positions and cursors are encrypted, tags and command hashes are keyed. All
 * API processes of one installation share the keys.
 */
export class Seals {
  constructor(private readonly keys: ServerKeys) {}

  /** A token that says nothing and cannot be altered, nor used for another purpose. */
  seal(purpose: string, value: unknown): string {
    const text = JSON.stringify(value);
    const padding = (BLOCK - (Buffer.byteLength(text) % BLOCK)) % BLOCK;
    return this.keys.seal('http-seal', purpose, text + ' '.repeat(padding));
  }

  /** What was sealed for this purpose, or undefined for anything else. */
  open(purpose: string, token: string): unknown {
    if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
    const text = this.keys.open('http-seal', purpose, token);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  /** 128 keyed bits over the parts: equal parts give equal tags, and a tag tells nothing of them. */
  tag(...parts: readonly (string | number | bigint)[]): string {
    return this.mac('http-tag', parts).subarray(0, 16).toString('base64url');
  }

  /** 256 keyed bits in hexadecimal. */
  digest(...parts: readonly (string | number | bigint)[]): string {
    return this.mac('http-digest', parts).toString('hex');
  }

  private mac(purpose: string, parts: readonly (string | number | bigint)[]): Buffer {
    const mac = createHmac('sha256', this.keys.key(purpose));
    // Each part is preceded by its length, so that ('ab','c') and ('a','bc') differ.
    for (const part of parts.map(String)) mac.update(`${Buffer.byteLength(part)}:${part}|`);
    return mac.digest();
  }
}
