import type { ContextPages } from '../../app/pages';

export const fairPages: ContextPages = { routes: [], nav: [] };
