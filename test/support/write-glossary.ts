// Writes the second half of docs/glossary.md, the stored values with their words, from libs/labels:
// node -r ./test/support/register-swc.cjs test/support/write-glossary.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labels } from '@app/labels';

const file = join(__dirname, '../../docs/glossary.md');
const MARK = '## Stored values and their words';
const [words = ''] = readFileSync(file, 'utf8').split(MARK);
const rows = Object.entries(labels).flatMap(([kind, values]) =>
  Object.entries(values).map(([value, { zh, en }]) => `| ${zh} | ${en} | ${kind}: ${value} |`),
);
writeFileSync(
  file,
  [words.trimEnd(), '', MARK, '', '| 中文 | English | kind: value |', '|---|---|---|', ...rows, ''].join('\n'),
);
