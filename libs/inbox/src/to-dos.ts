import type { Actor } from '@app/auth';
import { labels } from '@app/labels';
import type { Projection } from '@app/projections';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** What can be to do, as the words for it are kept. */
export const TO_DO_KINDS = Object.keys(labels['to-do'] ?? {});

/** One thing to do, or several of one kind that are done on one page. Names and ids of what its reader may see. */
export type ToDo = {
  readonly kind: string;
  /** How many, where it stands for several. */
  readonly items?: number;
  /** A title or product, as people wrote it. */
  readonly subject?: string;
  /** Of whom, where it is another firm's matter. */
  readonly firm?: string;
  /** Ids that the page's address is made of, by the names of route parameters: `{ listing }`, `{ match, check }`. */
  readonly link: Readonly<Record<string, string>>;
  /** When it is too late, UTC, ISO 8601; left out where no clock runs. */
  readonly due?: string;
  readonly since?: string;
  /** Names of the views that it was read from: set by who gathers. */
  readonly views?: readonly string[];
};

/** What a context knows to be waiting for somebody. */
export interface ToDoSource {
  /** The views that its answers are read from: a page asks again when one of them changes. */
  readonly views: readonly Projection<never>[];
  toDos(actor: Actor): Promise<readonly ToDo[]>;
}

/** On a provider that implements ToDoSource. */
export const GivesToDos = DiscoveryService.createDecorator();

/** Gathers the sources of all contexts: a later one adds its own by a provider, and nothing here changes. */
@Injectable()
export class ToDos implements OnModuleInit {
  private sources: readonly ToDoSource[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const found = this.discovery.getProviders({ metadataKey: GivesToDos.KEY });
    this.sources = found.map(({ instance }) => instance as ToDoSource);
  }

  get views(): readonly Projection<never>[] {
    return [...new Map(this.sources.flatMap(({ views }) => views).map((view) => [view.name, view])).values()];
  }

  /** The soonest clock first; then what has waited longest. */
  async of(actor: Actor): Promise<ToDo[]> {
    const found = await Promise.all(
      this.sources.map(async (source) => {
        const views = source.views.map(({ name }) => name);
        return (await source.toDos(actor)).map((toDo) => ({ ...toDo, views }));
      }),
    );
    return found.flat().sort((one, other) => (urgency(one) < urgency(other) ? -1 : 1));
  }
}

const LATEST = '9999';

const urgency = ({ due = LATEST, since = LATEST, kind, link }: ToDo): string =>
  [due, since, kind, ...Object.values(link)].join(' ');
