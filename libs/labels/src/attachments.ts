import type { Label } from './label';

export const attachmentRefusals: Record<string, Label> = {
  'attachment-unknown': {
    zh: '没有这个附件，或您无权查看',
    en: 'there is no such attachment, or it is not yours to see',
  },
  'attachment-id-taken': { zh: '这个附件编号已被使用', en: 'this attachment id is taken' },
  'attachments-full': {
    zh: '本企业的附件总量已达上限 {max} MB',
    en: 'the attachments of this firm have reached their limit of {max} MB',
  },
  'file-missing': { zh: '没有收到文件', en: 'no file was sent' },
  'file-empty': { zh: '文件是空的', en: 'the file is empty' },
  'file-too-large': { zh: '文件不得超过 {max} MB', en: 'a file has at most {max} MB' },
  'file-name-unfit': {
    zh: '文件名须为 1 至 {max} 个字，不含路径、控制字符和 \\ / : * ? " < > |',
    en: 'a file name has 1 to {max} characters and no path, control characters or \\ / : * ? " < > |',
  },
  'file-name-differs': {
    zh: '文件名后缀与内容不符，应为：{endings}',
    en: 'the name’s ending does not fit the content; it would be {endings}',
  },
  'file-kind-not-taken': {
    zh: '只接受以下类型的文件，且不得含宏：{allowed}',
    en: 'only files of these kinds, and without macros, are taken: {allowed}',
  },
};
