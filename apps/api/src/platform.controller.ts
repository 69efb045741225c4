import { Access } from '@app/auth';
import { WaitsFor } from '@app/http';
import { AreaCode, Clock, Flag, Instant, Nested, OneOf, Text } from '@app/kernel';
import { CITY } from '@app/registry';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DemoMark } from './demo-city.table';

/** What the operator has set of it. */
export class Installation {
  constructor(
    readonly smsGateway: boolean,
    /** Whom people ask who need help, as the operator words it. */
    readonly support: string | undefined,
  ) {}
}

export class CityView {
  @AreaCode() area: string;
  @Text(20, { example: '泉州市' }) zh: string;
  @Text(40, { example: 'Quanzhou City' }) en: string;
}

export class PlatformView {
  @Flag({ description: 'made-up firms and trades; every page says 演示数据' }) demo: boolean;
  @OneOf(['system', 'set'], { description: 'a set clock shows 演示时间' }) clock: 'system' | 'set';
  @Instant({ description: 'what its clock says' }) now: string;
  @Nested(() => CityView) city: CityView;
  @Flag({ description: 'whether one-time codes and alerts go out as SMS' }) smsGateway: boolean;
  @Text(200, { optional: true, description: 'whom to ask for help', example: '12345' }) support?: string;
}

/** What a page shows before anybody signs in. */
@ApiTags('reference')
@Controller('platform')
export class PlatformController {
  constructor(
    private readonly installation: Installation,
    private readonly demo: DemoMark,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Access('public')
  @WaitsFor()
  @ApiOkResponse({ type: PlatformView })
  async read(): Promise<PlatformView> {
    const { smsGateway, support } = this.installation;
    return {
      demo: (await this.demo.read()) !== undefined,
      clock: this.clock.isSet ? 'set' : 'system',
      now: new Date(this.clock.now()).toISOString(),
      city: { ...CITY },
      smsGateway,
      ...(support !== undefined && { support }),
    };
  }
}
