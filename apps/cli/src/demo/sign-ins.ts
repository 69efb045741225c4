import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InnerRole, OfficerRole } from '@app/auth';
import { derivedId } from '@app/kernel';
import { labels } from '@app/labels';
import { OFFICES } from '@app/registry';
import type { DemoCity, DemoFirm } from './city';

/** An account of the demo that people can sign in to. */
export type DemoSignIn = {
  readonly account: string;
  readonly name: string;
  readonly mobile: string;
  readonly password: string;
} & (
  | { readonly role: OfficerRole; readonly area?: string }
  | { readonly role: 'member'; readonly innerRole: InnerRole; readonly firm: DemoFirm }
);

/** By mobile number. */
type Passwords = Readonly<Record<string, string>>;

const file = (folder: string) => join(folder, 'demo-sign-ins.json');

/** Undefined before the first filling from this folder. */
export function keptPasswords(folder: string): Passwords | undefined {
  if (!existsSync(file(folder))) return undefined;
  return (JSON.parse(readFileSync(file(folder), 'utf8')) as { passwords: Passwords }).passwords;
}

function keep(folder: string, passwords: Passwords): void {
  const draft = `${file(folder)}.draft`;
  writeFileSync(draft, JSON.stringify({ passwords }, undefined, 2), { mode: 0o600 });
  renameSync(draft, file(folder));
}

/** Firms that people can sign in to. */
export function shownFirms({ firms }: DemoCity) {
  const [lead, secondLead] = firms.filter(({ isLead }) => isLead);
  const [sme, rival] = firms.filter(({ isLead }) => !isLead);
  return { lead: lead!, secondLead: secondLead!, sme: sme!, rival: rival! };
}

/** One sign-in for each role, and one for each of the thirteen offices; passwords are drawn once and kept. */
export function demoSignIns(folder: string, city: DemoCity): DemoSignIn[] {
  const { lead, secondLead, sme, rival } = shownFirms(city);
  const wanted: Omit<Extract<DemoSignIn, { role: 'member' }>, 'account' | 'mobile' | 'password'>[] = [
    { name: '演示·采购经理', role: 'member', innerRole: 'manager', firm: lead },
    { name: '演示·采购员', role: 'member', innerRole: 'clerk', firm: lead },
    { name: '演示·另一家龙头', role: 'member', innerRole: 'manager', firm: secondLead },
    { name: '演示·作坊主', role: 'member', innerRole: 'manager', firm: sme },
    { name: '演示·查看员', role: 'member', innerRole: 'viewer', firm: sme },
    { name: '演示·同行', role: 'member', innerRole: 'manager', firm: rival },
  ];
  const officers: { name: string; role: OfficerRole; area?: string }[] = [
    { name: '演示·市局经办', role: 'city-officer' },
    { name: '演示·市财政', role: 'city-finance' },
    { name: '演示·县财政', role: 'county-finance', area: OFFICES[0]!.area },
    { name: '演示·银行', role: 'bank' },
    { name: '演示·金融顾问', role: 'adviser' },
    { name: '演示·审计', role: 'auditor' },
    { name: '演示·系统管理员', role: 'administrator' },
    ...OFFICES.map(({ zh, area }) => ({ name: `演示·${zh}经办`, role: 'county-officer' as const, area })),
    // Reviews what the officer above has prepared: a second person.
    { name: '演示·市局科长', role: 'city-officer' },
    // Money leaves in two hands, and no stage of a claim is done by whoever did another.
    { name: '演示·市财政科长', role: 'city-finance' },
    { name: '演示·县财政复核', role: 'county-finance', area: OFFICES[0]!.area },
    { name: '演示·市财政监督', role: 'city-finance' },
  ];
  const kept = keptPasswords(folder) ?? {};
  const passwords = { ...kept };
  const signIns = [...wanted, ...officers].map((one, n): DemoSignIn => {
    const mobile = `1390000${String(n + 1).padStart(4, '0')}`;
    passwords[mobile] ??= randomBytes(12).toString('base64url');
    return { ...one, account: derivedId('demo-account', mobile), mobile, password: passwords[mobile] };
  });
  if (Object.keys(passwords).length !== Object.keys(kept).length) keep(folder, passwords);
  return signIns;
}

/** The sign-ins as a table for people, and where they are kept. */
export function signInTable(folder: string, signIns: readonly DemoSignIn[]): string {
  const rows = signIns.map((one) => {
    const role = labels.role?.[one.role]?.zh ?? one.role;
    const inner = one.role === 'member' ? ` ${labels['inner-role']?.[one.innerRole]?.zh ?? one.innerRole}` : '';
    return `  ${one.mobile}  ${one.password}  ${one.name} (${role}${inner})`;
  });
  return [`演示账号 demo sign-ins (${file(folder)}):`, ...rows].join('\n');
}
