import { Readers } from '@app/matching';
import { KeptTables } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { ClaimsModule } from './claims.module';
import { ReplayController } from './replay.controller';
import { ReplayRunner, StartReplayHandler } from './replay.handlers';
import { ReplayDerivationRow, ReplayLineRow, ReplayRow, Replays } from './replay.table';

/** Replays of the same events under two versions of a policy. */
@Module({
  imports: [ClaimsModule, SpreadsheetsModule, KeptTables.forFeature([ReplayRow, ReplayLineRow, ReplayDerivationRow])],
  controllers: [ReplayController],
  providers: [Readers, Replays, ReplayRunner, StartReplayHandler],
})
export class ReplaysModule {}
