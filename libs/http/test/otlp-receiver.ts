import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BinaryReader } from 'google-protobuf';

export type ReceivedSpan = {
  readonly service: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  /** By OpenTelemetry's numbers: 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly links: readonly { readonly trace: string; readonly span: string }[];
  readonly failed: boolean;
  readonly nanoseconds: bigint;
};

/** A collector on loopback: takes traces by OTLP over HTTP and keeps them. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** Everything that was sent, to look for what should not be in it. */
  readonly bytes: Buffer[] = [];
  private readonly changed = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    private answer: number | 'never',
  ) {}

  /** `answer` is the status that it answers with, if it does. */
  static async start(answer: number | 'never' = 200): Promise<OtlpReceiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const whole = Buffer.concat(parts);
        if (request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf') {
          receiver.take(whole);
        }
        const { answer: status } = receiver;
        if (status !== 'never') response.writeHead(status, { 'Content-Type': 'application/x-protobuf' }).end();
      });
    });
    const receiver = new OtlpReceiver(server, answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** What it answers with from now on. */
  answers(answer: number | 'never'): void {
    this.answer = answer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when a span is there for which it holds; rejects after 90 s with the names of those that came. */
  until(holds: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    return new Promise((resolve, reject) => {
      const names = () => this.spans.map(({ service, name }) => `${service}: ${name}`).join('\n');
      const timer = setTimeout(() => reject(new Error(`no such span among\n${names()}`)), 90_000);
      const look = () => {
        const found = this.spans.find(holds);
        if (!found) return;
        clearTimeout(timer);
        this.changed.delete(look);
        resolve(found);
      };
      this.changed.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(message: Buffer): void {
    this.bytes.push(message);
    for (const resourceSpans of read(message).messages(1)) {
      const service = String(attributesOf(resourceSpans.message(1), 1)['service.name']);
      for (const span of resourceSpans.messages(2).flatMap((scope) => scope.messages(2))) {
        this.spans.push(spanOf(span, service));
      }
    }
    for (const wake of [...this.changed]) wake();
  }
}

/** Field numbers of opentelemetry/proto/trace/v1/trace.proto. */
const spanOf = (span: Message, service: string): ReceivedSpan => ({
  service,
  trace: span.bytes(1).toString('hex'),
  id: span.bytes(2).toString('hex'),
  parent: span.bytes(4).toString('hex'),
  name: span.bytes(5).toString('utf8'),
  kind: span.number(6),
  attributes: attributesOf(span, 9),
  links: span
    .messages(13)
    .map((link) => ({ trace: link.bytes(1).toString('hex'), span: link.bytes(2).toString('hex') })),
  failed: span.message(15).number(3) === 2,
  nanoseconds: span.fixed(8) - span.fixed(7),
});

function attributesOf(message: Message, field: number): Record<string, string | number> {
  return Object.fromEntries(
    message.messages(field).map((pair) => {
      const value = pair.message(2);
      return [pair.bytes(1).toString('utf8'), value.has(3) ? value.number(3) : value.bytes(1).toString('utf8')];
    }),
  );
}

type Field = Buffer | number | bigint;

/** A protobuf message by its field numbers, without its schema. */
class Message {
  constructor(private readonly fields: ReadonlyMap<number, readonly Field[]>) {}

  has = (field: number): boolean => this.fields.has(field);
  bytes = (field: number): Buffer => (this.fields.get(field)?.[0] as Buffer | undefined) ?? Buffer.alloc(0);
  number = (field: number): number => Number(this.fields.get(field)?.[0] ?? 0);
  fixed = (field: number): bigint => BigInt((this.fields.get(field)?.[0] as bigint | undefined) ?? 0);
  message = (field: number): Message => read(this.bytes(field));
  messages = (field: number): Message[] => (this.fields.get(field) ?? []).map((bytes) => read(bytes as Buffer));
}

function read(bytes: Buffer): Message {
  const reader = new BinaryReader(new Uint8Array(bytes));
  const fields = new Map<number, Field[]>();
  while (reader.nextField() && !reader.isEndGroup()) {
    const field = fieldIn(reader);
    if (field === undefined) reader.skipField();
    else fields.set(reader.getFieldNumber(), [...(fields.get(reader.getFieldNumber()) ?? []), field]);
  }
  return new Message(fields);
}

/** By wire type: varint, eight bytes, length-delimited. */
function fieldIn(reader: BinaryReader): Field | undefined {
  switch (reader.getWireType() as number) {
    case 0:
      return reader.readInt64();
    case 1:
      return BigInt(reader.readFixed64String());
    case 2:
      return Buffer.from(reader.readBytes());
    default:
      return undefined;
  }
}
