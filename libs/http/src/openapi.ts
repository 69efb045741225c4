import { INestApplication } from '@nestjs/common';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { LiveRules } from './live-rules';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const ABOUT =
  'Every write carries `Idempotency-Key`; its answer carries `Peitao-Position`, which a read sends back to see the write. ' +
  'Failures are problem+json (RFC 9457) with a stable `code` and its sentence in Chinese and English.';

/** The API as OpenAPI 3.1, made from the decorators. Keys are sorted, so that the same routes give the same bytes. */
export function openApiDocument(app: INestApplication): JsonObject {
  const config = new DocumentBuilder()
    .setTitle('配套 Peitao')
    .setDescription(ABOUT)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addServer('/')
    .addCookieAuth('__Host-peitao', { type: 'apiKey', in: 'cookie' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .build();
  const made = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const document = JSON.parse(JSON.stringify(made)) as JsonObject & OpenAPIObject;
  // A client that asks to hear a view without a rule hears nothing at all: it is told which have one.
  document['x-live-views'] = [...app.get(LiveRules).views].sort();
  return sorted(modern(withProblems(document))) as JsonObject;
}

/** As it is checked in. */
export const openApiText = (document: JsonObject): string => `${JSON.stringify(document, null, 2)}\n`;

/** Every operation may fail, and says so in one form; who may call it stands in `x-audience`. */
function withProblems(document: JsonObject): JsonObject {
  const components = (document.components ??= {}) as JsonObject;
  const schemas = (components.schemas ??= {}) as JsonObject;
  schemas.Problem = PROBLEM;
  components.responses = { Problem: { description: 'A failure', content: { 'application/problem+json': REFERENCE } } };
  for (const path of Object.values(document.paths as JsonObject)) {
    for (const operation of Object.values(path as JsonObject) as JsonObject[]) {
      (operation.responses as JsonObject).default = { $ref: '#/components/responses/Problem' };
      for (const parameter of (operation.parameters ?? []) as JsonObject[]) describeId(parameter);
      const audience = operation['x-audience'] as string[] | undefined;
      if (!audience?.includes('public')) operation.security = [{ session: [] }, { token: [] }];
    }
  }
  return document;
}

/** The pipe checks path parameters by their names, so the document can say what they are. */
function describeId({ in: place, name, schema }: JsonObject): void {
  if (place === 'path' && /^id$|Id$/.test(name as string)) (schema as JsonObject).format = 'uuid';
}

const REFERENCE: Json = { schema: { $ref: '#/components/schemas/Problem' } };

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'instance', 'zh', 'en'],
  properties: {
    type: { type: 'string', example: 'urn:peitao:problem:request-invalid' },
    title: { type: 'string', description: 'the sentence in the language asked for by Accept-Language' },
    status: { type: 'integer', example: 400 },
    code: { type: 'string', description: 'stable', example: 'request-invalid' },
    instance: {
      type: 'string',
      description: 'id of the request',
      example: 'urn:uuid:7f9c0f7e-3f0e-4b57-9a4e-2f1f4f0b7f10',
    },
    zh: { type: 'string', example: '请求中有不合要求的字段，详见 errors' },
    en: { type: 'string', example: 'fields of the request break a rule; see errors' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['in', 'field', 'rule', 'zh', 'en'],
        properties: {
          in: { type: 'string', enum: ['body', 'query', 'path', 'header'] },
          field: { type: 'string', description: 'JSON pointer in a body, else the name', example: '/terms/quantity' },
          rule: { type: 'string', example: 'field-quantity' },
          zh: { type: 'string' },
          en: { type: 'string' },
        },
      },
    },
  },
};

/** What the generator writes in the words of OpenAPI 3.0 becomes JSON Schema 2020-12, which 3.1 speaks. */
function modern(node: Json): Json {
  if (Array.isArray(node)) return node.map(modern);
  if (typeof node !== 'object' || node === null) return node;
  const next = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, modern(value)]));
  if (!isSchema(next)) return next;
  const { nullable, example, exclusiveMinimum, exclusiveMaximum, ...schema } = next;
  if (nullable === true) acceptNull(schema);
  if (example !== undefined) schema.examples ??= [example];
  if (exclusiveMinimum !== undefined) bound(schema, 'minimum', 'exclusiveMinimum', exclusiveMinimum);
  if (exclusiveMaximum !== undefined) bound(schema, 'maximum', 'exclusiveMaximum', exclusiveMaximum);
  return schema;
}

/** Parameters and media types keep their `example`; they have a schema, a schema has none. */
const isSchema = (node: JsonObject): boolean =>
  typeof node.type === 'string' || '$ref' in node || 'allOf' in node || 'oneOf' in node || 'nullable' in node;

function acceptNull(schema: JsonObject): void {
  if (typeof schema.type === 'string') schema.type = [schema.type, 'null'];
  if (Array.isArray(schema.enum)) schema.enum = [...schema.enum, null];
  if (Array.isArray(schema.allOf) && schema.allOf.length === 1) {
    schema.anyOf = [schema.allOf[0]!, { type: 'null' }];
    delete schema.allOf;
    delete schema.type;
  }
}

/** 3.0 has a flag beside the bound, 3.1 a bound of its own. */
function bound(schema: JsonObject, plain: string, exclusive: string, value: Json): void {
  if (typeof value !== 'boolean') schema[exclusive] = value;
  else if (value && schema[plain] !== undefined) {
    schema[exclusive] = schema[plain];
    delete schema[plain];
  }
}

function sorted(node: Json): Json {
  if (Array.isArray(node)) return node.map(sorted);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}
