import { KeptTables } from '@app/projections';
import { Module } from '@nestjs/common';
import { Exports } from './exports';
import { RecordsExportController } from './records-export.controller';
import { Staging } from './staging';
import { IMPORT_ROW_CHANGES, ImportJobRow, ImportRowRow } from './staging.table';

@Module({
  imports: [KeptTables.forFeature([ImportJobRow, { entity: ImportRowRow, changes: IMPORT_ROW_CHANGES }])],
  controllers: [RecordsExportController],
  providers: [Exports, Staging],
  exports: [Exports, Staging],
})
export class SpreadsheetsModule {}
