import { Refused } from '@app/kernel';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { AuthSettings } from './auth-settings';
import { COMMON_PASSWORDS } from './common-passwords';
import { PasswordProfile } from './password-profile';

/** Argon2id of RFC 9106: the package's enum is ambient, which separately compiled files cannot read. */
const ARGON2ID = 2;

/** Beyond this argon2 would be fed what an attacker likes. */
const LONGEST = 128;

/** Refuses what the profile does not allow; `own` are words of the person that make a guess easy: mobile number, name. */
export function checkPassword(password: string, profile: PasswordProfile, own: readonly string[]): void {
  const characters = [...password].length;
  if (characters < profile.minLength)
    throw new Refused('password-too-short', { min: String(profile.minLength) }, 'password');
  if (characters > LONGEST) throw new Refused('password-too-long', { max: String(LONGEST) }, 'password');
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{Ll}\p{Lu}\p{N}]/u].filter((one) => one.test(password)).length;
  if (classes < profile.classes)
    throw new Refused('password-too-plain', { classes: String(profile.classes) }, 'password');
  const plain = withoutDisguise(password);
  const guessable =
    // What is left when the guessable part is taken away must still be a password.
    [...COMMON_PASSWORDS, ...profile.blocked, ...own]
      .map(withoutDisguise)
      .some((word) => word.length > 1 && plain.includes(word) && plain.length - word.length < profile.minLength / 2) ||
    new Set(plain).size < 5 ||
    isRun(password.normalize('NFKC').toLowerCase());
  if (guessable) throw new Refused('password-guessable', {}, 'password');
}

/** Lower case, full width made narrow, and the usual letters for digits put back: P@ssw0rd is password. */
const withoutDisguise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[@4]/g, 'a')
    .replace(/[$5]/g, 's')
    .replace(/[!1]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/3/g, 'e');

/** abcdefghij, 9876543210, 2468: characters in equal steps. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i++) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1));
  return steps.size === 1;
}

/** Hashes at work at a time: of Node's four threads one stays free for files and names. */
const AT_WORK = 3;
/** Hashes that may wait behind them: at the usual cost about a second. */
const MOST_WAITING = 32;

/** So many hashes wait already that one more would make everybody's sign-in slow. Nothing was compared. */
export class TooManyHashes extends Error {}

/** argon2id. An unknown account takes the same path as a wrong password, so that the time of an answer tells nothing. */
@Injectable()
export class Passwords {
  private readonly nobody: Promise<string>;
  private readonly waiting: (() => void)[] = [];
  private atWork = 0;

  constructor(private readonly settings: AuthSettings) {
    this.nobody = this.make('nobody has this password');
  }

  check(password: string, own: readonly string[]): void {
    checkPassword(password, this.settings.password, own);
  }

  /** Throws TooManyHashes. */
  make(password: string): Promise<string> {
    const cost = { ...this.settings.hashing, algorithm: ARGON2ID, parallelism: 1 };
    return this.inTurn(() => hash(password.normalize('NFC'), cost));
  }

  /** False for an account without a password, and as slowly. Throws TooManyHashes. */
  async matches(stored: string | null | undefined, password: string): Promise<boolean> {
    const hashed = stored ?? (await this.nobody);
    const right = await this.inTurn(() => verify(hashed, password.normalize('NFC')));
    return right && stored != null;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.atWork < AT_WORK) this.atWork++;
    else {
      if (this.waiting.length >= MOST_WAITING) throw new TooManyHashes();
      // Whoever is done hands his place on.
      await new Promise<void>((go) => this.waiting.push(go));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.atWork--;
    }
  }
}
