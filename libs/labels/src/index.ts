// Owns every sentence and label that a person reads, in Chinese and English, in one place. Knows only words: no context, no logic.
// A context adds its own file beside these; test/architecture checks them against the code and docs/glossary.md.
export { derivationSentence, derivationSentences, derivationWords } from './derivation';
export { labels, refusalSentence, refusals } from './labels';
export type { Label, Language } from './label';
export { both, messageOf, messages } from './messages';
export type { MessageAbout, MessageKind, MessageReach } from './messages';
export { digest, mail, sms } from './ways';
export { sheetHeadings, sheetTitles, yesNo } from './sheets';
export { policyTexts } from './policy-texts';
export { reportSheet } from './reports';
