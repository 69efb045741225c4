import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from '@app/http';
import Ajv from 'ajv/dist/2020';
import { startApp, TestApp } from '../support/app';
import { operationsOf, resolve, Schema } from '../support/routes';

// `UPDATE_OPENAPI=1 npx jest test/architecture/openapi` writes docs/openapi.json anew.
const ROOT = join(__dirname, '../..');
const FILE = join(ROOT, 'docs/openapi.json');

/** A flag or a whole number with bounds needs no example. */
const PLAIN = new Set(['boolean', 'integer']);

/** The names of all classes in these folders, one for each time that it stands there. */
const classesOf = (...folders: string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^(?:export )?class (\w+)/gm)].map(([, name]) => name!));

const alike = (names: readonly string[], schemas: ReadonlySet<string>): string[] =>
  names.filter((name, at) => schemas.has(name) && names.indexOf(name) < at);

let app: TestApp;
let document: Schema;
beforeAll(async () => {
  app = await startApp();
  document = (await app.anybody().get('/api/openapi.json')).body as typeof document;
  if (process.env.UPDATE_OPENAPI === '1') writeFileSync(FILE, openApiText(document));
});
afterAll(() => app?.stop());

describe('the API document', () => {
  it('that is checked in is the one of this code (UPDATE_OPENAPI=1 writes it anew)', () => {
    const kept = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    // Compared by lines, so that a difference can be read.
    expect(kept.split('\n')).toEqual(openApiText(document).split('\n'));
  });

  it('is OpenAPI 3.1 with schemas that compile and references that lead somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(Object.keys(document.components.schemas as object)).toContain(name);
    }
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'https://peitao.invalid/openapi', components: document.components });
    for (const name of Object.keys(document.components.schemas as object)) {
      ajv.compile({ $ref: `https://peitao.invalid/openapi#/components/schemas/${name}` });
    }
  });

  it('speaks no word of 3.0', () => {
    const walk = (node: unknown, path: string): string[] => {
      if (typeof node !== 'object' || node === null) return [];
      const own = 'nullable' in node ? [path] : [];
      return [...own, ...Object.entries(node).flatMap(([key, inner]) => walk(inner, `${path}/${key}`))];
    };
    expect(walk(document, '')).toEqual([]);
    expect(walk({ a: [{ nullable: true }] }, '')).toEqual(['/a/0']);
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths as object).flatMap((path) =>
      Object.values(path as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  // The document's generator keeps one schema a name: of two classes that are called alike one would silently be shown as the other.
  it('has no two classes of one name', () => {
    const schemas = new Set(Object.keys(document.components.schemas as object));
    expect(alike(classesOf('libs', 'apps/api'), schemas)).toEqual([]);
    expect(alike(['PageAnswer', 'Done', 'PageAnswer'], new Set(['PageAnswer']))).toEqual(['PageAnswer']);
  });

  it('has examples for what is sent', () => {
    const bare = operationsOf(document).flatMap(({ method, path, body }) => {
      if (!body) return [];
      const { properties = {} } = resolve(document, body) as { properties?: Record<string, Schema> };
      const told = (schema: Schema) => schema.examples ?? schema.enum ?? schema.$ref ?? schema.allOf ?? schema.items;
      const missing = Object.entries(properties).filter(
        ([, one]) => !told(one) && !PLAIN.has(one.type as string) && !one.maxLength,
      );
      return missing.map(([name]) => `${method} ${path}: ${name}`);
    });
    expect(bare).toEqual([]);
  });
});
