import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import {
  ByName,
  CalendarDate,
  Flag,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Refused,
  Strings,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { orders } from '@app/orders';
import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AdviceFor, PolicyAdvice } from './advisor.handlers';
import { WAIT_REASONS } from './advisor.rules';
import { PolicyOfClaim } from './claim-answer.rules';
import { policies } from './policies.view';
import { rounds } from './rounds.view';

export class ThresholdAdviceView {
  @OneOf(['output', 'fee', 'share-of-sales']) path: string;
  @OptionalText(40) lead?: string;
  @Text(40) threshold: string;
  @Text(40) reached: string;
  @Text(40, { description: 'yuan up to the threshold; 0 from it on' }) missing: string;
}

export class WaitingTradeView {
  @Text(60) order: string;
  @Text(40) lead: string;
  @Text(40) supplier: string;
  @OneOf(['goods', 'processing']) kind: string;
  @OneOf(WAIT_REASONS) reason: string;
  @Text(40, { description: 'yuan that would count once it has happened' }) amount: string;
}

export class PolicyAdviceView {
  @Nested(() => PolicyOfClaim) policy: PolicyOfClaim;
  @Text(200) title: string;
  @OneOf(['lead', 'sme']) beneficiary: string;
  @CalendarDate({ description: 'last day of filing' }) lastDay: string;
  @Flag() isOpen: boolean;
  @Uuid({ optional: true }) round?: string;
  @WholeNumber(1900, 2200) year: number;
  @ByName() base: Readonly<Record<string, string>>;
  @OptionalText(40) award?: string;
  @Strings({ max: 40 }, { most: 5, description: 'facts without which the award is not known' }) lacks: string[];
  @ListOf(() => ThresholdAdviceView, { most: 10_000 }) thresholds: ThresholdAdviceView[];
  @Text(40) cap: string;
  @Text(40) capLeft: string;
  @ListOf(() => WaitingTradeView, { most: 100_000 }) waiting: WaitingTradeView[];
  @ByName({ description: 'reasons by invoice' }) excluded: Readonly<Record<string, string>>;
}

export class AdviceAnswer {
  @ApiProperty({ type: [PolicyAdviceView] }) items: readonly PolicyAdvice[];
}

/** 达标测算: what a firm has reached under each policy that fits it, what is missing, and what is left below the cap. */
@ApiTags('claims')
@Controller('claims')
@Access('member')
export class AdvisorController {
  constructor(private readonly queries: QueryBus) {}

  @Get('advice')
  @WaitsFor(orders, policies, rounds)
  @ApiOkResponse({ type: AdviceAnswer })
  async advice(@CurrentActor() { party }: Actor): Promise<AdviceAnswer> {
    if (!party) throw new Refused('not-allowed');
    return { items: await this.queries.execute(new AdviceFor(party)) };
  }
}
