import { RequestCounts, ServerKeys } from '@app/auth';
import { FollowerTracing } from '@app/projections';
import { DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerModule } from '@nestjs/throttler';
import { AnswerInterceptor } from './answers';
import { HttpOptions } from './http-options';
import { IntakeGuard } from './intake';
import { LiveHub } from './live-hub';
import { LiveRules } from './live-rules';
import { LiveController } from './live.controller';
import { StructuredLog } from './logging';
import { Metrics } from './metrics';
import { ApiDocument, OpenApiController } from './openapi.controller';
import { OperationsController } from './operations.controller';
import { ProblemFilter } from './problem-filter';
import { Readiness } from './readiness';
import { TimeoutInterceptor } from './request-timeout';
import { Seals } from './seals';
import { StandingActors } from './standing-actors';
import { AddressThrottle, SharedCounts } from './throttle';
import { NO_TRACING, TracedCommands, TracedFollowers, Tracing } from './tracing';
import { InputPipe } from './validation';
import { WaitInterceptor } from './waits-for';

export type HttpModuleOptions = {
  readonly keys: ServerKeys;
  readonly log: StructuredLog;
  readonly metrics: Metrics;
  /** None unless it is given. */
  readonly tracing?: Tracing;
  readonly options?: Partial<HttpOptions>;
};

/** The door of every route of the application; needs EventStore, Clock, and the modules of auth and projections. */
@Module({})
export class HttpModule {
  static forRoot({ keys, log, metrics, tracing = NO_TRACING, options }: HttpModuleOptions): DynamicModule {
    const settings = new HttpOptions(options);
    return {
      module: HttpModule,
      global: true,
      imports: [
        DiscoveryModule,
        TerminusModule.forRoot({ logger: false }),
        ThrottlerModule.forRootAsync({
          inject: [RequestCounts],
          useFactory: (counts: RequestCounts) => ({
            throttlers: [settings.throttle],
            storage: new SharedCounts(counts),
            setHeaders: false,
          }),
        }),
      ],
      controllers: [LiveController, OpenApiController, OperationsController],
      providers: [
        { provide: HttpOptions, useValue: settings },
        { provide: Seals, useValue: new Seals(keys) },
        { provide: StructuredLog, useValue: log },
        { provide: Metrics, useValue: metrics },
        { provide: Tracing, useValue: tracing },
        { provide: FollowerTracing, useValue: new TracedFollowers(tracing) },
        TracedCommands,
        ApiDocument,
        LiveHub,
        LiveRules,
        Readiness,
        StandingActors,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_GUARD, useClass: AddressThrottle },
        { provide: APP_GUARD, useClass: IntakeGuard },
        { provide: APP_INTERCEPTOR, useClass: TimeoutInterceptor },
        { provide: APP_INTERCEPTOR, useClass: WaitInterceptor },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
      ],
      exports: [HttpOptions, Seals, StructuredLog, Metrics, Tracing, FollowerTracing, LiveHub, Readiness, ApiDocument],
    };
  }
}
