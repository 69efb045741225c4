import type { ContextPages } from '../app/pages';

export const accountPages: ContextPages = { routes: [], nav: [] };
