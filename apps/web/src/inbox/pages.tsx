import type { ContextPages } from '../app/pages';

export const inboxPages: ContextPages = { routes: [], nav: [] };
