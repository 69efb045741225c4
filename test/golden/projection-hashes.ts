import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** The machinery under every view: a change of it that changes rows raises versions by decision, not by itself. */
const NOT_FOLLOWED = ['@app/projections', '@app/event-store'];

export type ProjectionHash = { readonly name: string; readonly version: number; readonly hash: string };

/** Reads a source file by its path from the repository's root; undefined where there is none. */
export type Sources = (path: string) => string | undefined;

const fromDisk: Sources = (path) => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined);

/** Every `const x: Projection<...> = {...}` of the libs, found by reading them, so that nobody keeps a list. */
export function projectionHashes(): ProjectionHash[] {
  const files = readdirSync(join(ROOT, 'libs'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('libs', file))
    .filter((file) => /^libs\/[^/]+\/src\/.*(?<!\.spec)\.ts$/.test(file));
  return files.flatMap((file) => hashesIn(file, fromDisk)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The projections that one file declares, each with a hash of its code and of all code of ours that it uses. */
export function hashesIn(file: string, sources: Sources): ProjectionHash[] {
  const source = fileOf(file, sources)!;
  return [...source.declared].flatMap(([constant, { node }]) => {
    if (!ts.isVariableDeclaration(node) || !node.type || !ts.isTypeReferenceNode(node.type)) return [];
    if (node.type.typeName.getText() !== 'Projection') return [];
    if (!node.initializer || !ts.isObjectLiteralExpression(node.initializer)) {
      throw new Error(`${file}: ${constant} must be written as an object, so that its version can be read`);
    }
    const name = literalOf(node.initializer, 'name');
    const version = Number(literalOf(node.initializer, 'version'));
    const hash = createHash('sha256').update(closureOf(file, constant, sources)).digest('hex');
    return [{ name, version, hash }];
  });
}

function literalOf(object: ts.ObjectLiteralExpression, property: string): string {
  const found = object.properties.find((one) => one.name?.getText() === property);
  const value = found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  if (value && ts.isLiteralExpression(value)) return value.text;
  throw new Error(`a projection states its ${property} as a literal`);
}

type Declared = { readonly node: ts.Node; readonly text: string; readonly uses: ReadonlySet<string> };
type SourceFile = {
  readonly declared: ReadonlyMap<string, Declared>;
  /** Local name to module and the name there. */
  readonly imported: ReadonlyMap<string, readonly [module: string, name: string]>;
  /** Exported name to module and the name there. */
  readonly reexported: ReadonlyMap<string, readonly [module: string, name: string]>;
};

/** The declaration and everything of ours that it needs, without comments, types and the version, in a fixed order. */
function closureOf(file: string, name: string, sources: Sources): string {
  const parts = new Map<string, string>();
  const visit = (path: string, wanted: string): void => {
    const key = `${path}#${wanted}`;
    if (parts.has(key)) return;
    const source = fileOf(path, sources);
    const declared = source?.declared.get(wanted);
    const elsewhere = source?.imported.get(wanted) ?? source?.reexported.get(wanted);
    if (declared) {
      parts.set(key, declared.text);
      for (const used of declared.uses) visit(path, used);
    } else if (elsewhere) {
      const target = pathOf(path, elsewhere[0], sources);
      if (target) visit(target, elsewhere[1]);
      else parts.set(key, elsewhere.join('#'));
    }
  };
  visit(file, name);
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, text]) => `${key}\n${text}`).join('\n');
}

/** Undefined for packages, which the lock file pins, and for what is not followed. */
function pathOf(from: string, module: string, sources: Sources): string | undefined {
  if (NOT_FOLLOWED.includes(module)) return undefined;
  const lib = /^@app\/([^/]+)$/.exec(module)?.[1];
  if (lib) return join('libs', lib, 'src', 'index.ts');
  if (!module.startsWith('.')) return undefined;
  const base = relative('.', join(dirname(from), module));
  return [`${base}.ts`, join(base, 'index.ts')].find((path) => sources(path) !== undefined);
}

/** Views share most of the code they use, and each word of it leads to its file again. */
const known = new WeakMap<Sources, Map<string, SourceFile | undefined>>();

function fileOf(path: string, sources: Sources): SourceFile | undefined {
  const files = known.get(sources) ?? new Map<string, SourceFile | undefined>();
  known.set(sources, files);
  if (!files.has(path)) files.set(path, parsed(path, sources(path)));
  return files.get(path);
}

function parsed(path: string, text: string | undefined): SourceFile | undefined {
  if (text === undefined) return undefined;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const declared = new Map<string, Declared>();
  const imported = new Map<string, readonly [string, string]>();
  const reexported = new Map<string, readonly [string, string]>();
  const add = (node: ts.Node, name: ts.Node | undefined) => {
    if (name) declared.set(name.getText(), { node, text: printed(node, file), uses: usedIn(node) });
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) add(one, one.name);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      add(statement, statement.name);
    } else if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const { text: module } = statement.moduleSpecifier;
      const bindings = statement.importClause?.namedBindings;
      if (statement.importClause?.name) imported.set(statement.importClause.name.text, [module, 'default']);
      if (!bindings || statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) continue;
      if (ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, [module, '*']);
      else {
        for (const one of bindings.elements) {
          imported.set(one.name.text, [module, (one.propertyName ?? one.name).text]);
        }
      }
    } else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && statement.exportClause) {
      const module = (statement.moduleSpecifier as ts.StringLiteral).text;
      if (!ts.isNamedExports(statement.exportClause)) continue;
      for (const one of statement.exportClause.elements) {
        reexported.set(one.name.text, [module, (one.propertyName ?? one.name).text]);
      }
    }
  }
  return { declared, imported, reexported };
}

const isErased = (node: ts.Node): boolean => ts.isTypeNode(node) || ts.isTypeParameterDeclaration(node);

/**
 * The words of the code alone, so that layout and comments do not matter; nor do types, since TypeORM reads a
 * column's type from its decorator.
 */
function printed(node: ts.Node, file: ts.SourceFile): string {
  const words: string[] = [];
  const visit = (inner: ts.Node): void => {
    if (isErased(inner) || ts.isJSDoc(inner)) return;
    if (ts.isPropertyAssignment(inner) && inner.name.getText() === 'version' && isOfProjection(inner)) return;
    const parts = inner.getChildren(file);
    if (parts.length === 0) words.push(inner.getText(file));
    const isTrailing = (index: number) => index === parts.length - 1 && parts[index]!.kind === ts.SyntaxKind.CommaToken;
    parts.forEach((part, index) => isTrailing(index) || visit(part));
  };
  visit(node);
  return words.join(' ');
}

function isOfProjection(property: ts.PropertyAssignment): boolean {
  const declaration = property.parent.parent;
  return ts.isVariableDeclaration(declaration) && declaration.type?.getText().startsWith('Projection<') === true;
}

function usedIn(node: ts.Node): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (isErased(inner)) return;
    if (ts.isIdentifier(inner)) used.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return used;
}
