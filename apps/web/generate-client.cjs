// Makes src/api/schema.d.ts (the types of every route) and src/api/views.ts (which views' changes concern which GET) from
// docs/openapi.json, which test/architecture holds against the code. Both are made anew by every build and are not kept.
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const document = join(root, 'docs/openapi.json');
const text = readFileSync(document, 'utf8');
const views = join(__dirname, 'src/api/views.ts');
const schema = join(__dirname, 'src/api/schema.d.ts');

const { paths, 'x-live-views': live } = JSON.parse(text);
// Only views with a live rule may be listened to; a read that rests on others as well hears of these alone.
const waits = Object.entries(paths).flatMap(([path, { get }]) => {
  const heard = (get?.['x-waits-for'] ?? []).filter((view) => live.includes(view));
  return heard.length > 0 ? [[path, heard]] : [];
});
const lines = waits.map(([path, names]) => `  '${path}': [${names.map((name) => `'${name}'`).join(', ')}],`);
const made = `// Made by generate-client.cjs.\nexport const viewsOf: Readonly<Record<string, readonly string[]>> = {\n${lines.join('\n')}\n};\n`;

if (!existsSync(views) || readFileSync(views, 'utf8') !== made) writeFileSync(views, made);
execFileSync(
  process.execPath,
  [join(root, 'node_modules/openapi-typescript/bin/cli.js'), document, '-o', schema, '--empty-objects-unknown'],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
