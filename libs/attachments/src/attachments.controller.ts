import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { Takes, WaitsFor } from '@app/http';
import { Instant, Refused, Text, Uuid, WholeNumber } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Res, StreamableFile, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AttachmentRules } from './attachment-rules';
import { Attachments, LARGEST_FILE } from './attachments';

export class AttachmentForm {
  @Uuid() id: string;
}

export class AttachmentView {
  @Uuid() id: string;
  @Text(200, { example: '营业执照.pdf' }) name: string;
  @Text(100, { example: 'application/pdf' }) mediaType: string;
  @WholeNumber(1, LARGEST_FILE, { description: 'bytes' }) size: number;
  @Text(64, { description: 'lower-case hexadecimal' }) sha256: string;
  @Instant() storedAt: string;
}

/** What the parser of the form leaves us. */
type SentFile = { readonly originalname: string; readonly buffer: Buffer };

const FORM = {
  type: 'object',
  required: ['id', 'file'] as string[],
  properties: { id: { type: 'string', format: 'uuid' }, file: { type: 'string', format: 'binary' } },
};

/** Files: licences, authorisations, drawings. */
@ApiTags('attachments')
@Controller('attachments')
export class AttachmentsController {
  constructor(
    private readonly attachments: Attachments,
    private readonly rules: AttachmentRules,
  ) {}

  /**
   * Keeps a file for the firm or office acted for. The id is made by the client, so that a retry is the same upload.
   */
  @Post()
  @Access('manager', 'clerk', 'county-officer', 'city-officer', 'bank')
  @Takes('multipart/form-data')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM })
  @ApiCreatedResponse({ type: AttachmentView })
  @UseInterceptors(
    FileInterceptor('file', {
      limits: { fileSize: LARGEST_FILE, files: 1, fields: 5, fieldSize: 1_000, parts: 10 },
      // Browsers send names in UTF-8 without saying so; read as Latin-1 a Chinese name is lost.
      defParamCharset: 'utf8',
    }),
  )
  async keep(
    @UploadedFile() file: SentFile | undefined,
    @Body() { id }: AttachmentForm,
    @CurrentActor() { account, party }: Actor,
  ): Promise<AttachmentView> {
    if (!file) throw new Refused('file-missing', {}, 'file');
    const { originalname: name, buffer: bytes } = file;
    const kept = await this.attachments.keep({ id, account, registration: party?.registration, name, bytes });
    const { mediaType, size, sha256, storedAt } = kept;
    return { id, name: kept.name, mediaType, size, sha256, storedAt };
  }

  /** The bytes, for whoever may see what the file is attached to; to everybody else there is no such file. */
  @Get(':id')
  @Access('public')
  @WaitsFor()
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async read(
    @Param('id') id: string,
    @CurrentActor() actor: Actor | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const attachment = (await this.attachments.find([id])).get(id);
    if (!attachment || !(await this.rules.mayRead(actor, attachment))) throw new Refused('attachment-unknown');
    const bytes = await this.attachments.bytes(id);
    if (!bytes) throw new Refused('attachment-unknown');
    // Saved and not shown: a file of one firm never runs in the pages of another's reader.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    const name = encodeURIComponent(attachment.name).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
    return new StreamableFile(bytes, {
      type: attachment.mediaType,
      length: attachment.size,
      disposition: `attachment; filename*=UTF-8''${name}`,
    });
  }
}
