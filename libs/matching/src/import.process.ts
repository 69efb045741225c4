import type { CommandContext, Recorded } from '@app/event-store';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ImportEvent } from './import.decider';
import { TakeImportPart } from './import.handlers';

type Task = { readonly import: string };

/**
 * Finishes what was begun: each part that was taken plans the next one, so that no import holds a worker for long and one
 * that was interrupted goes on where it stood.
 */
@Injectable()
export class ImportProcess implements Process<ImportEvent, Task> {
  readonly name = 'imports';
  readonly filter = { categories: ['import'] };

  constructor(private readonly commands: CommandBus) {}

  react(event: Recorded<ImportEvent>): Planned<Task>[] {
    const id = event.stream.slice('import-'.length);
    return event.type === 'ImportEnded' ? [{ drop: id }] : [{ do: id, task: { import: id } }];
  }

  async perform(task: Task, { causationId }: CommandContext): Promise<void> {
    // A part that was recorded before a crash plans nothing more: then the one after it is this task's.
    for (;;) {
      const { ended, recorded } = await this.commands.execute(new TakeImportPart(task.import, causationId));
      if (ended || recorded) return;
    }
  }
}
