import type { ContextPages } from '../../app/pages';

export const supplierPages: ContextPages = { routes: [], nav: [] };
