import { KeptTables } from '@app/projections';
import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AttachmentBytesRow, AttachmentRow } from './attachment.table';
import { AttachmentRules } from './attachment-rules';
import { AttachmentsController } from './attachments.controller';
import { Attachments, PostgresAttachments } from './attachments';

@Global()
@Module({
  imports: [DiscoveryModule, KeptTables.forFeature([AttachmentRow, AttachmentBytesRow])],
  controllers: [AttachmentsController],
  providers: [AttachmentRules, { provide: Attachments, useClass: PostgresAttachments }],
  exports: [Attachments, AttachmentRules],
})
export class AttachmentsModule {}
