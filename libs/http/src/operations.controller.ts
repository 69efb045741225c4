import { Access } from '@app/auth';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Problem } from './problem';
import { Readiness } from './readiness';

/**
 * For those who run the platform, not for its users: outside the API's prefix, and not counted, since counting asks the
 * database.
 */
@ApiExcludeController()
@SkipThrottle()
@Controller()
export class OperationsController {
  constructor(private readonly readiness: Readiness) {}

  /** The process answers. Nothing else is asked, or a slow database would have every process restarted. */
  @Get('health/live')
  @Access('public')
  live(): object {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Access('public')
  async ready(): Promise<object> {
    const down = await this.readiness.down();
    if (down.length === 0) return { status: 'ok' };
    throw new Problem(503, 'not-ready', { values: { parts: down.join(', ') }, headers: { 'Retry-After': '2' } });
  }
}
