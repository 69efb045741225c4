import { CodeMessages } from '@app/auth';
import { KeptTables, ProjectionsModule } from '@app/projections';
import { DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ContactWays } from './contact-ways';
import { Courier } from './courier';
import { DailyDigest } from './daily-digest.process';
import { AttemptRow, DELIVERY_CHANGES, DeliveryRow, DeliveryRows } from './delivery.table';
import { DigestLinks } from './digest-links';
import { DigestSources } from './digest-parts';
import { InboxController } from './inbox.controller';
import { InboxOptions, InboxSettings } from './inbox-settings';
import { MailServer } from './mail-server';
import { MessagePort } from './message-port';
import { MESSAGE_CHANGES, MessageRow, MessageRows } from './message.table';
import { NoticeLinksController } from './notice-links.controller';
import { NoticeSettingRow, NoticeSettingRows } from './notice-settings.table';
import { NoticesController } from './notices.controller';
import { SmsCodes, SmsGateway } from './sms-gateway';
import { Wechat } from './wechat';

const TABLES = [
  { entity: MessageRow, changes: MESSAGE_CHANGES },
  { entity: DeliveryRow, changes: DELIVERY_CHANGES },
  AttemptRow,
  NoticeSettingRow,
];

/** Needs AuthModule, HttpModule, ProjectionsModule and Clock. */
@Global()
@Module({})
export class InboxModule {
  static forRoot(options: InboxOptions = {}): DynamicModule {
    return {
      module: InboxModule,
      imports: [
        DiscoveryModule,
        KeptTables.forFeature(TABLES),
        ProjectionsModule.forFeature({ processes: [DailyDigest] }),
      ],
      controllers: [InboxController, NoticesController, NoticeLinksController],
      providers: [
        { provide: InboxSettings, useValue: new InboxSettings(options) },
        { provide: CodeMessages, useClass: SmsCodes },
        SmsGateway,
        MailServer,
        Wechat,
        ContactWays,
        DigestLinks,
        DigestSources,
        MessageRows,
        DeliveryRows,
        NoticeSettingRows,
        Courier,
        MessagePort,
        DailyDigest,
      ],
      exports: [MessagePort, CodeMessages],
    };
  }
}
