import { KeptTables } from '@app/projections';
import { Module } from '@nestjs/common';
import { Staging } from './staging';
import { ImportJobRow, ImportRowRow } from './staging.table';

@Module({
  imports: [KeptTables.forFeature([ImportJobRow, ImportRowRow])],
  providers: [Staging],
  exports: [Staging],
})
export class SpreadsheetsModule {}
