import { both, mail as words } from '@app/labels';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { InboxSettings } from './inbox-settings';
import { NotTaken, Words } from './way';

const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** The office's own mail server, by SMTP. */
@Injectable()
export class MailServer implements OnApplicationShutdown {
  private readonly transport;

  constructor(private readonly settings: InboxSettings) {
    this.transport = settings.mail && createTransport({ url: settings.mail.url, ...PATIENCE });
  }

  get available(): boolean {
    return this.transport !== undefined;
  }

  /** Resolves once the server has taken it; throws NotTaken otherwise. A retry carries the same `id`. */
  async send(address: string, id: string, text: Words): Promise<void> {
    if (!this.transport) throw new NotTaken('no-gateway', true);
    const { from } = this.settings.mail!;
    const host = from.slice(from.lastIndexOf('@') + 1);
    try {
      await this.transport.sendMail({
        from: { name: words.sender, address: from },
        to: { name: '', address },
        subject: text.title.zh,
        text: mailText(text),
        messageId: `<${id}@${host}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(text.unsubscribe && {
            'List-Unsubscribe': `<${text.unsubscribe.post}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      });
    } catch (error) {
      throw failureOf(error);
    }
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

/** RFC 5321: 5xx is an answer for good, 4xx and silence are not. Its words may hold the address and are not kept. */
function failureOf(error: unknown): NotTaken {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code >= 500
    ? new NotTaken('gateway-refused', true)
    : new NotTaken('gateway-unreachable', false);
}

/** Chinese, then English. Plain text: nothing in it loads anything, and every reader shows it. */
export function mailText({ title, body, url, lines = [], unsubscribe }: Words): string {
  const half = (language: 'zh' | 'en'): string =>
    [
      title[language],
      body[language],
      lines.map((line) => `- ${line.title[language]}${line.url === undefined ? '' : `\n  ${line.url}`}`).join('\n'),
      url === undefined ? '' : both(words.open, { url })[language],
      unsubscribe ? both(words.unsubscribe, { url: unsubscribe.page })[language] : '',
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  return `${half('zh')}\n\n--------\n\n${half('en')}\n`;
}
