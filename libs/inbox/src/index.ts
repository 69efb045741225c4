// Owns what waits for people and what they are told: to-dos and alerts in the app, what cannot wait by SMS, WeChat and mail where they are
// configured, the daily digest, and what became of each.
// Does not own why or when somebody is told: that is for the processes of the contexts.
export { TellsInDigest } from './digest-parts';
export type { DigestPart, DigestSource } from './digest-parts';
export { InboxModule } from './inbox.module';
export type { InboxOptions, MailOptions, SmsOptions, WechatOptions } from './inbox-settings';
export { MessagePort } from './message-port';
export type { Message, Recipient } from './message-port';
export { ToDoModule } from './to-do.module';
export { GivesToDos } from './to-dos';
export type { ToDo, ToDoSource } from './to-dos';
