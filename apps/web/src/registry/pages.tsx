import type { ContextPages } from '../app/pages';

export const registryPages: ContextPages = { routes: [], nav: [] };
