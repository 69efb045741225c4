import { CommandContext, Filter, Recorded, Streams } from '@app/event-store';
import { MessagePort, Recipient } from '@app/inbox';
import { Clock, derivedId, shanghaiDay } from '@app/kernel';
import { labels } from '@app/labels';
import { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CITY_BUREAU } from './areas.rules';
import { enterprise } from './enterprise.decider';
import { EnterpriseEvent, officeOf } from './enterprise-state.rules';
import { enterpriseStream } from './standing.handlers';

const TO_FIRM = [
  'RegistrationReturned',
  'RegistrationConfirmed',
  'RegistrationRefused',
  'RegistrationSuspended',
  'RegistrationReinstated',
  'HolderContested',
  'HolderKept',
  'HolderReplaced',
] as const satisfies readonly EnterpriseEvent['type'][];
const TO_OFFICE = [
  'RegistrationApplied',
  'RegistrationCompleted',
  'HolderContested',
] as const satisfies readonly EnterpriseEvent['type'][];

type Notice = {
  readonly enterprise: string;
  readonly event: EnterpriseEvent['type'];
  /** Registrations whose people are told. */
  readonly firms: readonly string[];
  /** The registration whose office is told, where one is. */
  readonly atOffice?: string;
  readonly text: string;
};

/** Tells firms what the office decided about them, and the office what waits for it. */
@Injectable()
export class RegistryNotices implements Process<EnterpriseEvent, Notice> {
  readonly name = 'registry-notices';
  readonly filter: Filter = { categories: ['enterprise'], types: [...new Set([...TO_FIRM, ...TO_OFFICE])] };

  constructor(
    private readonly streams: Streams,
    private readonly messages: MessagePort,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<EnterpriseEvent>): readonly Planned<Notice>[] {
    const { registration } = event.data;
    if (registration === undefined) return [];
    const toOffice = isOneOf(event.type, TO_OFFICE);
    const task: Notice = {
      enterprise: event.stream.slice('enterprise-'.length),
      event: event.type,
      firms: firmsOf(event),
      ...(toOffice && { atOffice: registration }),
      text: textOf(event),
    };
    return [{ do: event.id, task }];
  }

  async perform({ enterprise: code, event, firms, atOffice, text }: Notice, { commandId }: CommandContext) {
    const title = labels['registration-notice']![event]!;
    const body = { zh: text, en: text };
    for (const registration of firms) {
      const id = derivedId(commandId, registration);
      const kind = event === 'RegistrationReturned' ? 'to-do' : 'alert';
      const words = { about: 'registration', kind, reach: 'urgent', title, body, link: '/registration' } as const;
      await this.messages.send({ id, to: { registration }, ...words });
    }
    if (atOffice === undefined) return;
    const to = await this.office(code, atOffice);
    const link = `/registrations/${atOffice}`;
    const words = { about: 'registration', kind: 'to-do', reach: 'digest', title, body, link } as const;
    await this.messages.send({ id: derivedId(commandId, 'office'), to, ...words });
  }

  private async office(code: string, registration: string): Promise<Recipient> {
    const { state } = await this.streams.load(enterprise, enterpriseStream(code));
    const known = state.registrations.get(registration);
    const area = known ? officeOf(known, shanghaiDay(this.clock.now())) : CITY_BUREAU;
    return area === CITY_BUREAU ? { role: 'city-officer' } : { role: 'county-officer', area };
  }
}

const isOneOf = (type: string, types: readonly string[]): boolean => types.includes(type);

function firmsOf({ type, data }: Recorded<EnterpriseEvent>): string[] {
  if (!isOneOf(type, TO_FIRM) || data.registration === undefined) return [];
  // The holder learns that it is contested, and not by whom.
  if ('replaced' in data) return [data.registration, data.replaced];
  if ('holder' in data) return type === 'HolderContested' ? [data.holder] : [data.registration, data.holder];
  return [data.registration];
}

function textOf({ data }: Recorded<EnterpriseEvent>): string {
  if ('gaps' in data) return data.gaps.map(({ note }) => note).join('；');
  return 'reason' in data ? data.reason : '';
}
