// Attachments owns stored files: their bytes, what kind they are, their hash, and the question who may read one.
// It does not own what a file is attached to: a context opens its files to readers by an AttachmentRule.
export { AttachmentRules, OpensAttachments } from './attachment-rules';
export type { AttachmentRule } from './attachment-rules';
export { Attachments, LARGEST_FILE } from './attachments';
export type { Attachment, NewAttachment } from './attachments';
export { AttachmentsModule } from './attachments.module';
