import { Access } from '@app/auth';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
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
    try {
      const { status } = await this.readiness.check();
      return { status };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const down = Object.keys((error.getResponse() as { error?: object }).error ?? {});
      throw new Problem(503, 'not-ready', { values: { parts: down.join(', ') }, headers: { 'Retry-After': '2' } });
    }
  }
}
