import type { ContextPages } from '../../app/pages';

export const leadPages: ContextPages = { routes: [], nav: [] };
