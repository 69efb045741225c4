import { Access } from '@app/auth';
import { Controller, Get, Injectable } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { openApiDocument } from './openapi';

/** The API document of the running application, made when it is first asked for. */
@Injectable()
export class ApiDocument {
  private app: INestApplication | undefined;
  private made: object | undefined;

  describe(app: INestApplication): void {
    this.app = app;
  }

  get(): object {
    if (!this.app) throw new Error('configureHttp was not called on this application');
    return (this.made ??= openApiDocument(this.app));
  }
}

@ApiExcludeController()
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Access('public')
  read(): object {
    return this.document.get();
  }
}
