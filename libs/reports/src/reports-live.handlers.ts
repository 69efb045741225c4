import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { DayReports, dayReports } from './day-reports.view';

/** Who reads a report hears that it changed; a county office of frozen ones alone. */
@LiveRuleFor(dayReports.name)
@Injectable()
export class DayReportsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, day: string): Promise<boolean> {
    if (actor?.roles.some((role) => role === 'city-officer' || role === 'auditor')) return true;
    if (!actor?.roles.includes('county-officer')) return false;
    const frozen = await this.queries.execute(new DayReports(['frozen'], 1, `${day}~`));
    return frozen[0]?.day === day;
  }
}
