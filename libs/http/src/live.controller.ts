import { Access, Actor, countedAddress, CurrentActor } from '@app/auth';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import type { Request, Response } from 'express';
import { HttpOptions } from './http-options';
import { LiveHub } from './live-hub';
import { LiveRules } from './live-rules';
import { LiveStream, STREAM_HEADERS } from './live-stream';
import { badFields, fieldError, Problem } from './problem';
import { contextOf } from './request-context';
import { StandingActors } from './standing-actors';

const MOST_VIEWS = 20;
/** A browser opens one for each tab. */
const MOST_OF_ONE = 20;
const MOST = 5_000;

const VIEWS = /^[a-z0-9-]{1,40}(,[a-z0-9-]{1,40})*$/;

class LiveQuery {
  @ApiProperty({ type: String, description: 'names of views, separated by commas', example: 'open-demands,my-offers' })
  @ValidateBy(
    { name: 'views', validator: { validate: (value) => typeof value === 'string' && VIEWS.test(value) } },
    { message: 'view-unknown' },
  )
  views: string;
}

@ApiTags('live')
@Controller('live')
export class LiveController {
  private readonly open = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly hub: LiveHub,
    private readonly rules: LiveRules,
    private readonly actors: StandingActors,
    private readonly options: HttpOptions,
  ) {}

  /**
   * Server-sent events. `changed` names a view and a key that the asker may read and says nothing more: read it by its GET.
   * `reload` asks to read everything again. The stream ends with the session, or when the asker's roles change.
   */
  @Get()
  @Access('public')
  @ApiOperation({ summary: 'Hear which rows of views changed (server-sent events)' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'sent by browsers that come back' })
  @ApiOkResponse({
    content: {
      'text/event-stream': { schema: { type: 'string', example: 'event: changed\ndata: {"view":"open-demands"}\n\n' } },
    },
  })
  listen(
    @Query() { views }: LiveQuery,
    @CurrentActor() actor: Actor | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const asked = new Set(views.split(','));
    if (asked.size > MOST_VIEWS || [...asked].some((view) => !this.rules.views.has(view))) {
      throw badFields(fieldError('query', 'views', 'view-unknown'));
    }
    // Express answers HEAD by the route of GET: it would stay open and never say a word.
    if (request.method === 'HEAD') return void response.setHeaders(new Map(STREAM_HEADERS)).end();
    const whose = actor?.account ?? countedAddress(request.ip ?? '');
    this.count(whose);
    const standing = { request, actors: this.actors, actor };
    const { hub, rules, options } = this;
    const stream = new LiveStream(
      { hub, rules, seals: contextOf(request).seals, views: asked, options },
      standing,
      response,
    );
    void stream.run(request.headers['last-event-id']).finally(() => this.discount(whose));
  }

  private count(whose: string): void {
    const mine = this.open.get(whose) ?? 0;
    if (mine >= MOST_OF_ONE || this.all >= MOST) throw new Problem(429, 'too-many-live-streams');
    this.open.set(whose, mine + 1);
    this.all++;
  }

  private discount(whose: string): void {
    const mine = this.open.get(whose)! - 1;
    if (mine === 0) this.open.delete(whose);
    else this.open.set(whose, mine);
    this.all--;
  }
}
