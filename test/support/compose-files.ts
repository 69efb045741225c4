import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Service = {
  readonly image?: string;
  readonly pull_policy?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly user?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly secrets?: readonly string[];
  readonly profiles?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly interval?: string; readonly timeout?: string };
};

export type Compose = {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes?: Readonly<Record<string, null>>;
  readonly secrets?: Readonly<Record<string, { readonly environment?: string; readonly file?: string }>>;
};

export const DOCKER = join(__dirname, '../../docker');
export const dockerFile = (name: string): string => readFileSync(join(DOCKER, name), 'utf8');

export const composeOf = (text: string): Compose => parse(text, { merge: true }) as Compose;

/** Names that are put in from outside: `${NAME}`, `${NAME:?why}`, `${NAME:-usual}`. */
export const variablesIn = (text: string): { name: string; isNeeded: boolean; usual: string | undefined }[] =>
  [...text.matchAll(/\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g)].map(([, name, sign, rest]) => ({
    name: name!,
    isNeeded: sign === '?',
    usual: sign === '-' ? rest : undefined,
  }));

/** As Compose puts them in; throws for a needed one that is not given. */
export const filledIn = (text: string, given: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g, (_, name: string, sign?: string, rest = '') => {
    if (given[name]) return given[name];
    if (sign === '?') throw new Error(`${name}: ${rest}`);
    return sign === '-' ? rest : '';
  });

/** A volume's name, or the path of a file or folder beside the compose file, and where the container sees it. */
export type Mount = { readonly source: string; readonly target: string; readonly isReadOnly: boolean };

export const mountsOf = ({ volumes = [] }: Service): Mount[] =>
  volumes.map((volume) => {
    const [, source, target, mode] = /^(\$\{[^}]*\}|[^:]+):([^:]+)(?::(.+))?$/.exec(volume)!;
    return { source: source!, target: target!, isReadOnly: mode === 'ro' };
  });

/** Where a file of a container stands: what is mounted there or above it, and the path in that. Undefined: in its image. */
export function standsIn(service: Service, path: string): string | undefined {
  const above = mountsOf(service).filter(({ target }) => path === target || path.startsWith(`${target}/`));
  const nearest = above.sort((a, b) => b.target.length - a.target.length)[0];
  return nearest && nearest.source + path.slice(nearest.target.length);
}
