import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Observable, timeout } from 'rxjs';

/** Longer than any bounded wait further in, shorter than a proxy's patience. */
export const LONGEST_REQUEST = 30_000;

/** Answers 503 when a handler does not end: whether a write went through is then told by sending it again. */
@Injectable()
export class TimeoutInterceptor implements NestInterceptor {
  intercept(_host: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(timeout(LONGEST_REQUEST));
  }
}
