import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Clock } from '@app/kernel';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { contentPolicy, PERMISSIONS_POLICY } from './content-policy';
import { HttpOptions } from './http-options';
import { checkAddress, readBody } from './intake';
import { recordRequests, StructuredLog } from './logging';
import { Metrics } from './metrics';
import { ApiDocument } from './openapi.controller';
import { Problem, problemBody } from './problem';
import { openContext, stampReceipt } from './request-context';
import { LONGEST_REQUEST } from './request-timeout';
import { Seals } from './seals';
import { showMetrics } from './show-metrics';
import { traceRequests, Tracing } from './tracing';

/** Routes outside `/api`. */
const OPERATIONS = ['health/live', 'health/ready'];

/** All that stands before the routes. The application is created with `bodyParser: false`. */
export function configureHttp(app: NestExpressApplication): void {
  const clock = app.get(Clock);
  app.setGlobalPrefix('api', { exclude: OPERATIONS });
  app.disable('x-powered-by');
  // Express's ETag is a hash of the body, which tells two readers whether they see the same.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', app.get(HttpOptions).trustedProxies);
  app.use(openContext(app.get(Seals), clock));
  app.use(traceRequests(app.get(Tracing)));
  app.use(recordRequests(app.get(StructuredLog), app.get(Metrics)));
  // Offices reach it by plain HTTP on their own network as well; a proxy that speaks HTTPS adds what belongs to it.
  app.use(helmet({ contentSecurityPolicy: false, xFrameOptions: { action: 'deny' } }));
  app.use(setPolicies);
  app.use(showMetrics(app.get(Metrics), app.get(HttpOptions)));
  app.use(checkAddress);
  app.use(readBody);
  app.use(stampReceipt(clock));
  app.get(ApiDocument).describe(app);
  guardConnections(app.getHttpServer());
}

function setPolicies(_request: Request, response: Response, next: NextFunction): void {
  response.set({ 'Content-Security-Policy': contentPolicy(), 'Permissions-Policy': PERMISSIONS_POLICY });
  next();
}

function guardConnections(server: Server): void {
  server.requestTimeout = LONGEST_REQUEST;
  server.headersTimeout = 10_000;
  // Longer than a proxy keeps its connection, which would otherwise be closed while a request is on its way.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const timedOut = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const problem = timedOut ? new Problem(408, 'request-timed-out') : new Problem(400, 'request-malformed');
    const body = JSON.stringify(problemBody(problem, 'zh', randomUUID()));
    socket.end(
      `HTTP/1.1 ${problem.status} ${timedOut ? 'Request Timeout' : 'Bad Request'}\r\nConnection: close\r\n` +
        `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
