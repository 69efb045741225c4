import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { waitedFor, WaitsFor } from '@app/http';
import { Instant, ListOf, Nested, OneOf, OptionalText, Strings, Uuid, WholeNumber } from '@app/kernel';
import { Controller, Get, OnModuleInit } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TO_DO_KINDS, ToDos } from './to-dos';

/** What the address of the page is made of. */
export class ToDoLink {
  @Uuid({ optional: true }) listing?: string;
  @Uuid({ optional: true }) catalogue?: string;
  @Uuid({ optional: true }) award?: string;
  @Uuid({ optional: true }) offer?: string;
  @Uuid({ optional: true }) match?: string;
  @Uuid({ optional: true }) check?: string;
  @Uuid({ optional: true }) registration?: string;
  @Uuid({ optional: true }) order?: string;
  /** Of a later context: an id or day that its page knows. */
  @OptionalText(100) item?: string;
}

export class ToDoView {
  @OneOf(TO_DO_KINDS) kind: string;
  @WholeNumber(1, 1_000_000, { optional: true, description: 'how many, where it stands for several' }) items?: number;
  @OptionalText(200) subject?: string;
  /** Name of the firm whose matter it is. */
  @OptionalText(100) firm?: string;
  @Nested(() => ToDoLink) link: ToDoLink;
  @Instant({ optional: true, description: 'when it is too late; left out where no clock runs' }) due?: string;
  @Instant({ optional: true }) since?: string;
  @Strings({ max: 50 }, { most: 20, description: 'views whose live changes concern it' }) views: string[];
}

export class ToDoList {
  @ListOf(() => ToDoView, { most: 10_000 }) items: ToDoView[];
}

/** What waits for whoever is signed in, by its clock. */
@ApiTags('inbox')
@Controller('to-do')
@Access('signed-in')
export class ToDoController implements OnModuleInit {
  constructor(private readonly toDos: ToDos) {}

  /** The views that are waited for are those of the contexts that are there, which no decorator here can know. */
  onModuleInit(): void {
    const { prototype } = ToDoController;
    const handler = Object.getOwnPropertyDescriptor(prototype, 'all')!;
    if (waitedFor(handler.value as object)) return;
    this.toDos.onModuleInit();
    WaitsFor(...this.toDos.views)(prototype, 'all', handler);
  }

  /** The soonest clock first; a thing is left out as soon as it is done. */
  @Get()
  @ApiOkResponse({ type: ToDoList })
  async all(@CurrentActor() actor: Actor): Promise<ToDoList> {
    const found = await this.toDos.of(actor);
    return { items: found.map(({ views = [], link, ...toDo }) => ({ ...toDo, link: { ...link }, views: [...views] })) };
  }
}
