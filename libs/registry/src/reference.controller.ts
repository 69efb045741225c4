import { Access } from '@app/auth';
import { WaitsFor } from '@app/http';
import { AreaCode, IndustryCode, ListOf, Strings, Text, UNITS } from '@app/kernel';
import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OFFICES } from './areas.rules';
import { Industries } from './industry.handlers';

export class AreaView {
  @AreaCode() area: string;
  @Text(20, { example: '晋江市' }) zh: string;
  @Text(40, { example: 'Jinjiang City' }) en: string;
  @Text(40, { description: 'shown name of its office', example: '晋江市工信局' }) office: string;
}

export class AreaList {
  @ListOf(() => AreaView, { most: 13 }) items: AreaView[];
}

export class IndustryView {
  @IndustryCode() code: string;
  @Text(100, { example: '皮革、毛皮、羽毛及其制品和制鞋业' }) zh: string;
}

export class IndustryList {
  @ListOf(() => IndustryView, { most: 3000 }) items: IndustryView[];
}

export class UnitView {
  @Text(3, { description: 'UN/CEFACT Recommendation 20 or 21', example: 'PR' }) code: string;
  @Strings({ max: 10 }, { most: 30, description: 'Chinese names, the usual one first' }) zh: string[];
  @Text(40, { example: 'pair' }) en: string;
}

export class UnitList {
  @ListOf(() => UnitView, { most: 200 }) items: UnitView[];
}

/** What forms choose from: the 13 areas with an office, industries, units. */
@ApiTags('reference')
@Controller()
export class ReferenceController {
  constructor(private readonly queries: QueryBus) {}

  @Get('areas')
  @Access('public')
  @WaitsFor()
  @ApiOkResponse({ type: AreaList })
  areas(): AreaList {
    return { items: OFFICES.map((office) => ({ ...office })) };
  }

  @Get('industries')
  @Access('public')
  @WaitsFor()
  @ApiOkResponse({ type: IndustryList })
  async industries(): Promise<IndustryList> {
    return { items: await this.queries.execute(new Industries()) };
  }

  @Get('units')
  @Access('public')
  @WaitsFor()
  @ApiOkResponse({ type: UnitList })
  units(): UnitList {
    return { items: UNITS.map(({ code, zh, en }) => ({ code, zh: [...zh], en })) };
  }
}
