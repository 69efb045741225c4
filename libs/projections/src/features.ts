import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { entityOf, KEPT_TABLES, type KeptTable } from './kept-tables';
import type { AnyProcess } from './process';
import { type AnyProjection, type EntityClass, schemaOf } from './projection';

export type Feature = {
  readonly projections?: readonly AnyProjection[];
  /** Classes that the context's own module provides. */
  readonly processes?: readonly Type<AnyProcess>[];
};

export const FEATURE = Symbol('feature of projections');

/**
 * Everything that the modules of this application register, found before anything is made, so that nobody keeps a
 * list.
 */
export class Features {
  constructor(
    readonly projections: readonly AnyProjection[],
    readonly processes: readonly Type<AnyProcess>[],
    readonly keptTables: readonly KeptTable[],
  ) {
    const names = new Set<string>();
    for (const projection of projections) {
      // Also refuses a name that makes no schema.
      schemaOf(projection, 1);
      if (names.has(projection.name)) throw new TypeError(`two projections are called ${projection.name}`);
      names.add(projection.name);
    }
  }

  static of(modules: ModulesContainer): Features {
    const found = <T>(token: symbol): T[] =>
      [...modules.values()].flatMap((module) => {
        const provider = module.providers.get(token);
        return provider ? [provider.instance as T] : [];
      });
    const features = found<Feature>(FEATURE);
    return new Features(
      unique(features.flatMap(({ projections = [] }) => projections)),
      unique(features.flatMap(({ processes = [] }) => processes)),
      unique(found<readonly KeptTable[]>(KEPT_TABLES).flat()),
    );
  }

  projection(name: string): AnyProjection {
    const found = this.projections.find((projection) => projection.name === name);
    if (!found) throw new TypeError(`no view is called ${name}`);
    return found;
  }

  get entities(): EntityClass[] {
    return unique([...this.projections.flatMap(({ entities }) => entities), ...this.keptTables.map(entityOf)]);
  }
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
