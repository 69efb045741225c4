import type { ReactNode } from 'react';
import type { RouteObject } from 'react-router';
import type { Text } from './language';
import type { Standing } from './session';

/** One entry of the navigation. */
export type NavItem = {
  readonly path: string;
  /** Other places that stand under it, so that it is shown as chosen there. */
  readonly also?: readonly string[];
  readonly title: Text;
  readonly icon: ReactNode;
  /** Whose navigation holds it. */
  readonly for: (standing: Standing) => boolean;
  /** A place among the bottom tabs of a phone, from the left; without it the entry stands under 我的. */
  readonly tab?: (standing: Standing) => number | undefined;
  /** Order in the side menu. */
  readonly order: number;
};

/**
 * What a context adds to the app. A route's `handle.for` says who may open it: the API decides what they get, this spares
 * them a page full of refusals. A route without it is for everybody.
 */
export type ContextPages = { readonly routes: RouteObject[]; readonly nav: NavItem[] };
export type PageHandle = { readonly for?: (standing: Standing) => boolean };

/** A page in a chunk of its own: `page(() => import('./fair-page'), 'FairPage')`. */
export const page =
  <K extends string>(load: () => Promise<Record<K, () => ReactNode>>, name: K): NonNullable<RouteObject['lazy']> =>
  async () => ({ Component: (await load())[name] });
