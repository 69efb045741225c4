import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, newSecret, sameText, ServerKeys } from './server-keys';

describe('the server key', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'peitao-key-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner alone, and read ever after', () => {
    const made = ServerKeys.inFolder(join(folder, 'data'));
    expect(statSync(join(folder, 'data', 'server-key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['server-key']);
    expect(ServerKeys.inFolder(join(folder, 'data')).fingerprint).toBe(made.fingerprint);
    expect(ServerKeys.inFolder(join(folder, 'other')).fingerprint).not.toBe(made.fingerprint);
  });

  it('is not replaced when it cannot be read', () => {
    writeFileSync(join(folder, 'server-key'), 'half a k', { mode: 0o600 });
    expect(() => ServerKeys.inFolder(folder)).toThrow('hexadecimal');
    chmodSync(join(folder, 'server-key'), 0o600);
    expect(readdirSync(folder)).toEqual(['server-key']);
  });

  it('of less than 32 bytes is refused', () => {
    expect(() => ServerKeys.fromText('ab'.repeat(31))).toThrow('hexadecimal');
    expect(ServerKeys.fromText('ab'.repeat(32)).key('x')).toHaveLength(32);
  });
});

describe('a derived key', () => {
  const keys = ServerKeys.random();

  it('serves one purpose', () => {
    expect(keys.mac('csrf', 'text')).not.toBe(keys.mac('person', 'text'));
    const sealed = keys.seal('vault', 'a/1', '陈小明');
    expect(keys.open('vault', 'a/1', sealed)).toBe('陈小明');
    expect(keys.open('account', 'a/1', sealed)).toBeUndefined();
    expect(keys.open('vault', 'a/2', sealed)).toBeUndefined();
    expect(ServerKeys.random().open('vault', 'a/1', sealed)).toBeUndefined();
  });

  it('opens nothing that was altered or cut', () => {
    const sealed = keys.seal('vault', 'a', 'text');
    const bytes = Buffer.from(sealed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i]! ^= 1;
      expect(keys.open('vault', 'a', altered.toString('base64url'))).toBeUndefined();
      expect(keys.open('vault', 'a', bytes.subarray(0, i).toString('base64url'))).toBeUndefined();
    }
  });

  it('seals the same text differently each time', () => {
    expect(keys.seal('vault', 'a', 'text')).not.toBe(keys.seal('vault', 'a', 'text'));
  });
});

it('secrets are long, compared whole, and stored as a hash', () => {
  const [one, two] = [newSecret(), newSecret()];
  expect(one).toMatch(/^[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(sameText(one, one)).toBe(true);
  expect(sameText(one, two)).toBe(false);
  expect(sameText(one, `${one} `)).toBe(false);
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
