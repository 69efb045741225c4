import type { ContextPages } from '../../app/pages';

export const officePages: ContextPages = { routes: [], nav: [] };
