import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const HAN = /\p{Script=Han}/u;

/** Chinese texts of a source that no English one stands beside. */
function alone(path: string, text: string): string[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
    if (isText && HAN.test(node.getText()) && !hasEnglishBeside(node)) found.push(`${path}: ${node.getText().trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `['中文', 'English']`, `f(…, '中文', 'English')` and `zh ? '中文' : 'English'`. */
function hasEnglishBeside(text: ts.Node): boolean {
  const isPiece = ts.isTemplateLiteralToken(text) && !ts.isStringLiteralLike(text);
  const node = isPiece ? ts.findAncestor(text, ts.isTemplateExpression)! : text;
  const { parent } = node;
  const siblings = ts.isArrayLiteralExpression(parent)
    ? parent.elements
    : ts.isCallExpression(parent) || ts.isNewExpression(parent)
      ? (parent.arguments ?? [])
      : ts.isConditionalExpression(parent)
        ? [parent.whenTrue, parent.whenFalse]
        : [];
  const place = [...siblings].indexOf(node as ts.Expression);
  return [siblings[place - 1], siblings[place + 1]].some(
    (one) =>
      place >= 0 &&
      one !== undefined &&
      (ts.isStringLiteralLike(one) || ts.isTemplateExpression(one)) &&
      !HAN.test(one.getText()),
  );
}

// What people write in their own sheets and titles, to be understood and not to be shown.
const UNDERSTOOD = /(catalogue-period|catalogue-terms|import-suggestions)\.ts$/;

describe('the words of the web app', () => {
  it('stand in Chinese and English beside each other', () => {
    const folder = join(__dirname, '../../apps/web/src');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.includes('.spec.') && !UNDERSTOOD.test(path))
      .map((path) => join(folder, path));
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((path) => alone(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it.each([
    ["const t = { a: '发布' };", 1],
    ["const t = ['发布', '公开'];", 2],
    ['const a = <b>发布</b>;', 1],
    ["const t = ['发布', 'Publish'];", 0],
    ["new Problem(0, 'x', '网络不通', 'No connection');", 0],
  ])('finds what lacks its other language: %s', (text, faults) => {
    expect(alone('page.tsx', text)).toHaveLength(faults);
  });
});
