import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labels, messages, refusals } from '@app/labels';
import ts from 'typescript';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);

/** Words of the bidding law: this is an inquiry 询价, and calling it a tender would make it one. */
const BANNED = /招标|投标|开标|中标/;

const HAN = /\p{Script=Han}/u;

describe('words', () => {
  const glossary = read('docs/glossary.md');

  it.each(
    Object.entries(labels).flatMap(([kind, words]) =>
      Object.entries(words).map(([value, label]) => [kind, value, label] as const),
    ),
  )('%s %s stands in the glossary', (kind, value, { zh, en }) =>
    expect(glossary).toContain(`| ${zh} | ${en} | ${kind}: ${value} |`),
  );

  it('of every refusal and message are there in both languages', () => {
    const words = [
      ...Object.entries(refusals),
      ...Object.entries(messages).flatMap(
        ([name, { title, body }]) =>
          [
            [name, title],
            [name, body],
          ] as const,
      ),
    ];
    const lacking = words.filter(([, { zh, en }]) => !HAN.test(zh) || HAN.test(en) || en.trim() === '');
    expect(lacking).toEqual([]);
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    const uneven = words.filter(([, { zh, en }]) => places(zh).join() !== places(en).join());
    expect(uneven).toEqual([]);
  });

  it('exist for every value that the API tells', () => {
    const document = JSON.parse(read('docs/openapi.json')) as { components: { schemas: object } };
    const known = new Set(Object.values(labels).flatMap((words) => Object.keys(words)));
    expect(enumsIn(document.components.schemas).filter((value) => !known.has(value))).toEqual([]);
  });
});

describe('the words of bidding law', () => {
  it.each(files.filter((file) => /\.(ts|tsx|md|json)$/.test(file) && file !== 'test/architecture/labels.spec.ts'))(
    'are not in %s',
    (file) => expect(read(file)).not.toMatch(BANNED),
  );
  it('would be found', () => expect('中标通知').toMatch(BANNED));
});

describe('Chinese that people read', () => {
  // Reference data of standards, characters that are looked for, headings that people write in their files, and the made-up city.
  const data = [
    /^libs\/labels\//,
    /^libs\/kernel\/src\/units\.ts$/,
    /^libs\/registry\/src\/(areas|industries|size-class)\.rules\.ts$/,
    /^libs\/(matching|orders|subsidies)\/src\/[a-z-]*columns[a-z.-]*\.ts$/,
    /^libs\/search\/src\//,
    /^libs\/kernel\/src\/screening\.ts$/,
    /^libs\/auth\/src\/(password-profile|common-passwords)\.ts$/,
    /^apps\/cli\/src\/(demo|story)\//,
    // Its pages say everything in both languages: web-words.spec.ts.
    /^apps\/web\//,
  ];
  const code = files.filter(
    (file) =>
      /^(libs|apps)\/.*\.ts$/.test(file) &&
      !/\.spec\.ts$|\/test\/|testing\.ts$/.test(file) &&
      !data.some((path) => path.test(file)),
  );

  it.each(code)('does not stand in %s but in libs/labels', (file) => expect(chineseIn(file, read(file))).toEqual([]));

  it('would be found', () => {
    expect(chineseIn('x.ts', "const title = '已定标'; // 定标")).toEqual(['已定标']);
    expect(chineseIn('x.ts', "class A { @Text(5, { example: '鞋底' }) product: string }")).toEqual([]);
    const pair = "throw bad('须为整数', 'must be a whole number')";
    expect(chineseIn('libs/matching/src/x.ts', pair)).toEqual(['须为整数']);
    expect(chineseIn('apps/cli/src/x.ts', pair)).toEqual([]);
    expect(chineseIn('apps/cli/src/x.ts', "throw bad('须为整数', option)")).toEqual(['须为整数']);
  });
});

/**
 * String literals with Chinese, but for examples and descriptions of the API document and words in two languages for the operator:
 * both in one literal, or, where only operators are spoken to, side by side.
 */
function chineseIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && /^(example|description)$/.test(node.name.getText())) return;
    const isText =
      ts.isStringLiteralLike(node) ||
      node.kind === ts.SyntaxKind.TemplateHead ||
      node.kind === ts.SyntaxKind.TemplateMiddle ||
      node.kind === ts.SyntaxKind.TemplateTail;
    if (isText) {
      const { text: words } = node as ts.LiteralLikeNode;
      const isForOperator = /[a-z]{3,}/i.test(words) || (FOR_OPERATORS.test(file) && hasEnglishBeside(node));
      if (HAN.test(words) && !isForOperator) found.push(words);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}

const FOR_OPERATORS = /^(apps\/(api|cli|worker)|libs\/event-store)\//;

/** Whether the sentence is said in English too: in the same text, or as another argument, element or property of one list. */
function hasEnglishBeside(node: ts.Node): boolean {
  const isList = (one: ts.Node): boolean =>
    ts.isCallLikeExpression(one) || ts.isArrayLiteralExpression(one) || ts.isObjectLiteralExpression(one);
  let text: ts.Node = node;
  while (ts.isTemplateSpan(text.parent) || ts.isTemplateExpression(text.parent) || ts.isBinaryExpression(text.parent)) {
    text = text.parent;
  }
  if (/[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text.getText())) return true;
  let list: ts.Node | undefined = text.parent;
  while (list && !isList(list)) list = list.parent;
  if (!list) return false;
  const beside: string[] = [];
  ts.forEachChild(list, (child) => void beside.push(child.getText()));
  return beside.some((text) => !HAN.test(text) && /['`][^'`]*[a-z]{2,} [a-z]/i.test(text));
}

function enumsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(enumsIn);
  const own = 'enum' in value && Array.isArray(value.enum) ? value.enum.map(String) : [];
  // Where in a request a fault lies is for programs.
  const inner = Object.entries(value).filter(([name]) => name !== 'in');
  return [...own, ...inner.flatMap(([, nested]) => enumsIn(nested))];
}
