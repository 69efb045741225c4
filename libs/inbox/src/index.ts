// Owns what people are told: to-dos and alerts in the app, SMS where a gateway is configured, and what became of each.
// Does not own why or when somebody is told: that is for the processes of the contexts.
export { InboxModule } from './inbox.module';
export { MessagePort } from './message-port';
export type { Message, Recipient } from './message-port';
export type { MessageKind } from './message.table';
export type { SmsOptions } from './sms-gateway';
