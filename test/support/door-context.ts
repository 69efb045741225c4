import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { defineEvents, Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import {
  After,
  CommandInfo,
  Done,
  done,
  IfMatch,
  Page,
  PageQuery,
  pageSize,
  ReceivedAt,
  Tagged,
  tagged,
  WaitsFor,
} from '@app/http';
import type { Keyset, MatchCheck } from '@app/http';
import { Clock, Decider, Quantity, Refused, Text, Uuid } from '@app/kernel';
import { Projection, ProjectionsModule, ReadModels, rowFold } from '@app/projections';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Put, Query } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';

// A small context of its own, so that the door is tried apart from the rules of the real ones.

class Note {
  @Uuid() id: string;
  @Text(20) words: string;
  @Quantity({ optional: true }) weight?: string;
}

type NoteWritten = { type: 'DoorNoteWritten'; data: Note & { receivedAt: string } };
type WriteNote = { note: Note; receivedAt: string };
const pad: Decider<readonly Note[], WriteNote, NoteWritten> = {
  initial: [],
  decide({ note, receivedAt }, before) {
    if (note.words === 'refused') throw new Refused('deadline-test', {}, 'words');
    if (before.some(({ words }) => words === note.words)) return [];
    return [{ type: 'DoorNoteWritten', data: { ...note, receivedAt } }];
  },
  evolve: (before, { data }) => [...before, data],
};

@Entity('door_note')
class NoteRow {
  @PrimaryColumn('text') id: string;
  @Column('text') words: string;
}

const doorNotes: Projection<NoteWritten> = {
  name: 'door-notes',
  version: 1,
  filter: { types: ['DoorNoteWritten'] },
  entities: [NoteRow],
  apply: rowFold<NoteWritten, NoteRow>({
    entity: NoteRow,
    keyColumn: 'id',
    keyOf: (event: Recorded<NoteWritten>) => event.data.id,
    fold: (_row, { data }) => ({ id: data.id, words: data.words }),
  }),
};

@Controller('door')
class DoorController {
  constructor(
    private readonly streams: Streams,
    private readonly views: ReadModels,
    private readonly clock: Clock,
  ) {}

  @Post(':padId/notes')
  @Access('public')
  @HttpCode(201)
  async write(
    @Param('padId') padId: string,
    @Body() note: Note,
    @CommandInfo() context: CommandContext,
    @ReceivedAt() receivedAt: string,
    @IfMatch() unchanged: MatchCheck,
  ): Promise<Done<Note>> {
    const precondition = (state: readonly Note[]) => unchanged('pad', padId, state.length);
    const written = await this.streams.decide(pad, `door-${padId}`, { note, receivedAt }, context, { precondition });
    return done(written, note);
  }

  @Get('notes')
  @Access('public')
  @WaitsFor(doorNotes)
  async list(@Query() query: PageQuery, @After() after: Keyset | undefined): Promise<Page<{ words: string }>> {
    const rows = await this.views.read(doorNotes, (db) =>
      db
        .createQueryBuilder(NoteRow, 'note')
        .where('note.words > :after', { after: after?.[0] ?? '' })
        .orderBy('note.words')
        .take(pageSize(query) + 1)
        .getMany(),
    );
    return Page.of(
      rows,
      query,
      ({ words }) => [words],
      ({ words }) => ({ words }),
    );
  }

  @Get(':padId')
  @Access('public')
  async read(@Param('padId') padId: string): Promise<Tagged<{ notes: number }>> {
    const { state } = await this.streams.load(pad, `door-${padId}`);
    return tagged({ notes: state.length }, 'pad', padId, state.length);
  }

  @Get('firms/:uscc')
  @Access('public')
  firm(@Param('uscc') uscc: string): object {
    return { uscc };
  }

  @Put('fault')
  @Access('public')
  fault(): void {
    throw new Error('price 123.45 of a secret offer');
  }

  @Get('me/who')
  @Access('member')
  who(@CurrentActor() actor: Actor): object {
    return { account: actor.account, now: this.clock.now() };
  }
}

@Module({
  imports: [ProjectionsModule.forFeature({ projections: [doorNotes] })],
  controllers: [DoorController],
})
class DoorModule {}

/** For startApp. */
export const doorContext = { module: DoorModule, events: defineEvents({ DoorNoteWritten: { schema: 1 } }) };
