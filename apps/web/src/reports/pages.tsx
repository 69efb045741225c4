import type { ContextPages } from '../app/pages';

export const reportsPages: ContextPages = { routes: [], nav: [] };
