import { randomBytes } from 'node:crypto';
import { Accounts, innerRoles, InnerRole, OfficerRole, officerRoles } from '@app/auth';
import { newId, Refused } from '@app/kernel';
import { HolderOf } from '@app/registry';
import type { INestApplicationContext } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Command, Option } from 'commander';
import { DataSource } from 'typeorm';
import { withApp } from './platform';

type NewUser = {
  readonly mobile: string;
  readonly name: string;
  readonly role?: OfficerRole;
  readonly area?: string;
  readonly enterprise?: string;
  readonly registration?: string;
  readonly innerRole?: InnerRole;
};

/** Accounts from the machine itself: for the first people, and for whoever lost the way in. */
export function userCommand(program: Command): void {
  const user = program.command('user').description('accounts, from the machine itself');
  const role = () => new Option('--role <role>', 'an office').choices(officerRoles);

  user
    .command('create')
    .description('make an account; its random password is printed once and stored nowhere')
    .requiredOption('--mobile <number>', '11 digits')
    .requiredOption('--name <name>')
    .addOption(role())
    .option('--area <code>', 'the area of a county office')
    .option('--enterprise <uscc>', 'make the account a member of this firm')
    .option('--registration <id>', 'which registration of the firm; by default the one that holds the code')
    .addOption(new Option('--inner-role <role>', 'what it may do there').choices(innerRoles).default('manager'))
    .action((given: NewUser) => withApp((app) => create(app, given)));

  user
    .command('list')
    .description('all accounts with their roles and firms')
    .action(() => withApp(list));

  user
    .command('deactivate')
    .description('sign an account out everywhere; it is never used again')
    .argument('<mobile>')
    .action((mobile: string) =>
      withApp(async (app) => {
        await app.get(Accounts).deactivate(await accountOf(app, mobile));
        console.log(`deactivated ${mobile}`);
      }),
    );

  user
    .command('grant')
    .description('give an account an office')
    .argument('<mobile>')
    .addOption(role().makeOptionMandatory())
    .option('--area <code>', 'the area of a county office')
    .action((mobile: string, given: { role: OfficerRole; area?: string }) =>
      withApp(async (app) => {
        await app.get(Accounts).grantRole(await accountOf(app, mobile), given.role, given.area);
        console.log(`${mobile} is ${given.role}${given.area === undefined ? '' : ` of ${given.area}`}`);
      }),
    );

  user
    .command('password')
    .description('set a new random password, printed once; ends the account’s sessions')
    .argument('<mobile>')
    .action((mobile: string) =>
      withApp(async (app) => {
        const password = randomPassword();
        await app.get(Accounts).setPassword(await accountOf(app, mobile), password);
        console.log(`password of ${mobile}: ${password}`);
      }),
    );
}

/** 96 bits: nobody guesses it, and no default could be left in place. */
const randomPassword = (): string => randomBytes(12).toString('base64url');

async function create(app: INestApplicationContext, given: NewUser): Promise<void> {
  const { mobile, name, role, area, enterprise, innerRole = 'manager' } = given;
  if (!/^1[3-9]\d{9}$/.test(mobile)) throw new Refused('field-mobile', {}, '--mobile');
  if (role !== undefined && enterprise !== undefined) throw new Refused('officer-not-member');
  const registration = enterprise === undefined ? undefined : await registrationOn(app, enterprise, given.registration);
  const accounts = app.get(Accounts);
  const id = newId();
  const password = randomPassword();
  await accounts.create({ id, mobile, name, password });
  // Whoever is told of an account must be able to use it: one whose role is refused goes again.
  try {
    if (role !== undefined) await accounts.grantRole(id, role, area);
    if (registration !== undefined) {
      await accounts.addMembership(id, { registration, enterprise: enterprise!, innerRole });
    }
  } catch (error) {
    await accounts.deactivate(id);
    throw error;
  }
  console.log(`account ${id}\npassword of ${mobile}: ${password}`);
}

async function registrationOn(app: INestApplicationContext, enterprise: string, given?: string): Promise<string> {
  const registration = given ?? (await app.get(QueryBus).execute(new HolderOf(enterprise)));
  if (registration === undefined) throw new Refused('registration-unknown', {}, '--enterprise');
  return registration;
}

async function accountOf(app: INestApplicationContext, mobile: string): Promise<string> {
  const found = await app.get(Accounts).findByMobile(mobile);
  if (!found) throw new Refused('account-unknown');
  return found.id;
}

type Held = { id: string; active: boolean; roles: string | null; firms: string | null };

const names = new Intl.Collator('zh-CN');

/** Officers come first; who has neither an office nor a firm comes last. */
function byOfficeFirmAndName(a: Held & { name: string }, b: Held & { name: string }): number {
  const place = ({ roles, firms }: Held): number => (roles !== null ? 0 : firms !== null ? 1 : 2);
  const held = ({ roles, firms }: Held): string => roles ?? firms ?? '';
  return place(a) - place(b) || held(a).localeCompare(held(b)) || names.compare(a.name, b.name);
}

async function list(app: INestApplicationContext): Promise<void> {
  const rows = await app.get(DataSource).query<Held[]>(
    `SELECT a.id, a.active,
       (SELECT string_agg(r.role || coalesce(' ' || r.area, '') || CASE r.state WHEN 'held' THEN '' ELSE '?' END, ', '
                          ORDER BY r.role) FROM kept.account_role r WHERE r.account = a.id) AS roles,
       (SELECT string_agg(m.enterprise || ' ' || m."innerRole", ', ' ORDER BY m.enterprise)
          FROM kept.membership m WHERE m.account = a.id AND m.active) AS firms
     FROM kept.account a ORDER BY a."madeAt", a.id`,
  );
  const contacts = await app.get(Accounts).contacts(rows.map(({ id }) => id));
  const people = rows.map((row) => ({ ...row, ...(contacts.get(row.id) ?? { name: '', mobile: '' }) }));
  for (const { id, active, roles, firms, name, mobile } of people.sort(byOfficeFirmAndName)) {
    console.log([id, mobile, name, active ? 'active' : 'deactivated', roles ?? firms ?? ''].join('\t'));
  }
}
