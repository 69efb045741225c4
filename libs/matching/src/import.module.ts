import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { ImportController } from './import.controller';
import {
  BeginImportHandler,
  MendImportRowHandler,
  RemapImportHandler,
  StageImportHandler,
  TakeImportPartHandler,
} from './import.handlers';
import { ImportProcess } from './import.process';

/** Catalogues from files. */
@Module({
  imports: [SpreadsheetsModule, ProjectionsModule.forFeature({ processes: [ImportProcess] })],
  controllers: [ImportController],
  providers: [
    StageImportHandler,
    RemapImportHandler,
    MendImportRowHandler,
    BeginImportHandler,
    TakeImportPartHandler,
    ImportProcess,
  ],
})
export class ImportModule {}
