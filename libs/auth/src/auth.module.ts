import { pause } from '@app/kernel';
import { KeptTables } from '@app/projections';
import {
  DynamicModule,
  Global,
  Logger,
  Module,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleInit,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessGuard } from './access-guard';
import { AccountActs, Looks } from './account-acts';
import { AccountRoles } from './account-roles';
import { ACCOUNT_CHANGES, AccountRoleRow, AccountRow, InvitationRow, MembershipRow } from './account.table';
import { Accounts } from './accounts';
import { ApiTokens } from './api-tokens';
import { ApiTokensController } from './api-tokens.controller';
import { AskingBy } from './asking';
import { AuthOptions, AuthSettings } from './auth-settings';
import { ErasuresController } from './erasures.controller';
import { MeController } from './me.controller';
import { KnownAddresses } from './known-addresses';
import { Members } from './members';
import { MembersController } from './members.controller';
import { Officers } from './officers';
import { OfficersController } from './officers.controller';
import { OneTimeLinks } from './one-time-links';
import { Passwords } from './passwords';
import { AccountActRow, keepAppendOnly, LookRow } from './record.table';
import { RecordsController } from './records.controller';
import { RequestCounts } from './request-counts';
import { ServerKeys } from './server-keys';
import {
  API_TOKEN_CHANGES,
  ApiTokenRow,
  KnownAddressRow,
  OneTimeLinkRow,
  SessionRow,
  SIGN_IN_CODE_CHANGES,
  SignInCodeRow,
  TriesRow,
} from './session.table';
import { Sessions } from './sessions';
import { SetUp } from './set-up';
import { SignIn } from './sign-in';
import { SignInCodes } from './sign-in-codes';
import { SignInController } from './sign-in.controller';
import { Tries } from './tries';
import { Vault } from './vault';
import { ErasureRow, ServerKeyRow, VaultRow } from './vault.table';

const SWEEP_EVERY = 3_600_000;

const TABLES = [
  { entity: AccountRow, changes: ACCOUNT_CHANGES },
  AccountRoleRow,
  MembershipRow,
  InvitationRow,
  SessionRow,
  { entity: SignInCodeRow, changes: SIGN_IN_CODE_CHANGES },
  KnownAddressRow,
  TriesRow,
  { entity: ApiTokenRow, changes: API_TOKEN_CHANGES },
  OneTimeLinkRow,
  AccountActRow,
  LookRow,
  VaultRow,
  ErasureRow,
  ServerKeyRow,
];

const OFFERED = [
  AccessGuard,
  AccountActs,
  Accounts,
  ApiTokens,
  Looks,
  Members,
  Officers,
  RequestCounts,
  Sessions,
  SignIn,
  Tries,
  Vault,
];

/**
 * Sign-in and access for the whole application: its guard closes every route that declares no rule. Needs Clock and
 * ProjectionsModule, and CodeMessages where one-time codes can be sent.
 */
@Global()
@Module({})
export class AuthModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  static forRoot(options: AuthOptions): DynamicModule {
    const settings = new AuthSettings(options);
    return {
      module: AuthModule,
      imports: [DiscoveryModule, KeptTables.forFeature(TABLES)],
      controllers: [
        SignInController,
        MeController,
        ApiTokensController,
        MembersController,
        OfficersController,
        RecordsController,
        ErasuresController,
      ],
      providers: [
        { provide: AuthSettings, useValue: settings },
        { provide: ServerKeys, useValue: settings.keys },
        ...OFFERED,
        AccountRoles,
        AskingBy,
        KnownAddresses,
        OneTimeLinks,
        Passwords,
        SetUp,
        SignInCodes,
        { provide: APP_GUARD, useExisting: AccessGuard },
      ],
      exports: [...OFFERED, AuthSettings, ServerKeys],
    };
  }

  private readonly stopped = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: DataSource,
    private readonly vault: Vault,
    private readonly sessions: Sessions,
    private readonly signIn: SignIn,
    private readonly requests: RequestCounts,
  ) {}

  /** Before anything is served: the right key, records that only grow, and erasures that a restored backup forgot. */
  async onModuleInit(): Promise<void> {
    await this.vault.checkKey();
    await keepAppendOnly(this.db);
    await this.requests.prepare();
    const repeated = await this.vault.replayErasures();
    if (repeated > 0) new Logger(AuthModule.name).warn(`erasures repeated on this database: ${repeated}`);
  }

  onApplicationBootstrap(): void {
    this.sweeping = this.sweep();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.sweeping;
  }

  /** Every process does it; deleting what is over twice changes nothing. */
  private async sweep(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.sessions.sweep();
        await this.signIn.sweep();
        await this.requests.sweep();
        await this.vault.sweep();
      } catch (error) {
        new Logger(AuthModule.name).warn(`the hourly clearing failed: ${(error as Error).message}`);
      }
      await pause(SWEEP_EVERY, signal);
    }
  }
}
