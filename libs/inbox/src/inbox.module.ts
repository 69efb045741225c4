import { CodeMessages } from '@app/auth';
import { KeptTables } from '@app/projections';
import { DynamicModule, Global, Module } from '@nestjs/common';
import { InboxController } from './inbox.controller';
import { MessagePort } from './message-port';
import { DeliveryRow, MessageRow, MessageRows } from './message.table';
import { SmsCodes, SmsGateway, SmsOptions, SmsSettings } from './sms-gateway';

/** Needs AuthModule, HttpModule, ProjectionsModule and Clock. */
@Global()
@Module({})
export class InboxModule {
  static forRoot({ smsGateway }: { readonly smsGateway?: SmsOptions } = {}): DynamicModule {
    return {
      module: InboxModule,
      imports: [KeptTables.forFeature([MessageRow, DeliveryRow])],
      controllers: [InboxController],
      providers: [
        { provide: SmsSettings, useValue: new SmsSettings(smsGateway) },
        { provide: CodeMessages, useClass: SmsCodes },
        SmsGateway,
        MessageRows,
        MessagePort,
      ],
      exports: [MessagePort, CodeMessages],
    };
  }
}
