import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { BudgetLineProcess } from './budget-line.process';
import { ClaimsModule } from './claims.module';
import { fundLedger, LedgerOfRoundHandler } from './fund-ledger.view';
import { FundLedgerLive, PoliciesLive, RoundsLive } from './policies-live.handlers';
import { PoliciesToDos } from './policies-to-dos.handlers';
import { policies, PolicyVersionByNameHandler, PolicyVersionsHandler } from './policies.view';
import { PolicyController } from './policy.controller';
import {
  EvaluatePolicyHandler,
  PolicyVersionOfHandler,
  ShippedPoliciesHandler,
  TellPolicyHandler,
} from './policy.handlers';
import { ReplaysModule } from './replays.module';
import { RoundController } from './round.controller';
import { ExtendFilingHandler, OpenRoundHandler, RoundAtHandler, TellRoundHandler } from './round.handlers';
import { RoundByIdHandler, rounds, RoundsHandler } from './rounds.view';
import { SubsidyExportsController } from './subsidy-exports.controller';

@Module({
  imports: [
    SpreadsheetsModule,
    ClaimsModule,
    ReplaysModule,
    ProjectionsModule.forFeature({
      projections: [policies, rounds, fundLedger],
      processes: [BudgetLineProcess],
    }),
  ],
  controllers: [SubsidyExportsController, PolicyController, RoundController],
  providers: [
    TellPolicyHandler,
    PolicyVersionOfHandler,
    ShippedPoliciesHandler,
    EvaluatePolicyHandler,
    PolicyVersionsHandler,
    PolicyVersionByNameHandler,
    OpenRoundHandler,
    ExtendFilingHandler,
    TellRoundHandler,
    RoundAtHandler,
    RoundsHandler,
    RoundByIdHandler,
    LedgerOfRoundHandler,
    BudgetLineProcess,
    PoliciesToDos,
    PoliciesLive,
    RoundsLive,
    FundLedgerLive,
  ],
})
export class SubsidiesModule {}
