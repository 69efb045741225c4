import type { Manner, Screen } from './support/browser';

/** Who looks: the name of a demo sign-in without 演示·, or a visitor. */
export type Onlooker =
  | 'visitor'
  | '采购经理'
  | '作坊主'
  | '市局经办'
  | '晋江市经办'
  | '市财政'
  | '银行'
  | '金融顾问'
  | '审计'
  | '系统管理员';

/** Reads the API as the onlooker, to find what a page is about. */
export type Ask = (path: string) => Promise<Answer>;
export type Answer = { readonly items?: readonly Readonly<Record<string, unknown>>[] };

export type Shot = {
  /** Name of the PNG. */
  readonly file: string;
  readonly as: Onlooker;
  /** Undefined where the demo city holds none of it. */
  readonly path: string | ((ask: Ask) => Promise<string | undefined>);
  readonly on: Screen;
  readonly manner: Omit<Manner, 'screen'>;
};

/** Those that stand in docs/screenshots/ and in the README. */
export const README = new Set(['catalogue-1440', 'board-1440', 'find-390']);

/** A page at both widths. */
const both = (file: string, as: Onlooker, path: Shot['path'], manner: Shot['manner'] = {}): Shot[] => [
  { file: `${file}-1440`, as, path, on: 'desktop', manner },
  { file: `${file}-390`, as, path, on: 'phone', manner },
];

/** The page of the first of a list, by one of its fields: `firstOf('/api/fitting-demands', 'demand.listing', '/listings/{}')`. */
const firstOf = (list: string, field: string, page: string) => async (ask: Ask) => {
  const item: unknown = (await ask(list)).items?.[0];
  const first = field.split('.').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], item);
  return typeof first === 'string' ? page.replace('{}', first) : undefined;
};

/** The page of the first line of a demand catalogue of the lead that is asked for by the query. */
const firstLine = (query: string, page: string) => async (ask: Ask) => {
  for (const { catalogue } of (await ask('/api/catalogues?kind=demand&status=published&limit=200')).items ?? []) {
    const found = await firstOf(`/api/catalogues/${String(catalogue)}/lines?${query}`, 'listing', page)(ask);
    if (found !== undefined) return found.replace('{catalogue}', String(catalogue));
  }
  return undefined;
};

const published = '/api/catalogues?kind=demand&status=published';
const drafts = '/api/catalogues?kind=demand&status=draft';

export const SHOTS: readonly Shot[] = [
  // Anybody.
  ...both('fair', 'visitor', '/fair'),
  ...both('fair-promotions', 'visitor', '/fair/promotions'),
  ...both('fair-listing', 'visitor', firstOf('/api/open-demands', 'listing', '/listings/{}')),
  ...both('promotion', 'visitor', firstOf('/api/promotions', 'promotion', '/promotions/{}')),
  ...both('policies', 'visitor', '/policies'),
  ...both('policy', 'visitor', '/policies/cluster-sme/2020'),
  ...both('rounds', 'visitor', '/rounds'),
  ...both('notices', 'visitor', '/notices'),
  ...both('notice', 'visitor', firstOf('/api/notices', 'notice', '/notices/{}')),
  ...both('sign-in', 'visitor', '/sign-in'),
  ...both('sign-in-dark', 'visitor', '/sign-in', { scheme: 'dark' }),
  ...both('sign-in-en', 'visitor', '/sign-in', { language: 'en' }),
  ...both('register', 'visitor', '/register'),

  // The owner of a workshop.
  ...both('find', '作坊主', '/find'),
  ...both('find-all', '作坊主', '/find/all'),
  ...both('offer', '作坊主', firstOf('/api/fitting-demands', 'demand.listing', '/listings/{}/offer')),
  ...both('my-offers', '作坊主', '/my-offers'),
  ...both('my-offer', '作坊主', firstOf('/api/my-offers', 'offer', '/my-offers/{}')),
  ...both('my-awards', '作坊主', '/my-awards'),
  ...both('promotions', '作坊主', '/promotions'),
  ...both('new-promotion', '作坊主', '/promotions/new'),
  ...both('my-orders', '作坊主', '/orders'),
  ...both('my-order', '作坊主', firstOf('/api/orders', 'order', '/orders/{}')),
  ...both('deliver', '作坊主', firstOf('/api/orders', 'order', '/orders/{}/delivery')),
  ...both('enter-invoice', '作坊主', firstOf('/api/orders', 'order', '/orders/{}/invoice')),
  ...both('record-order', '作坊主', '/orders/new'),
  ...both('finance', '作坊主', '/finance'),
  ...both('ask-finance', '作坊主', '/finance/new'),
  ...both('my-loans', '作坊主', '/loans'),
  ...both('advice', '作坊主', '/claims/advice'),
  ...both('claims', '作坊主', '/claims'),
  ...both('self-check', '作坊主', firstOf('/api/rounds', 'round', '/claims/new?round={}')),
  ...both('claim', '作坊主', firstOf('/api/claims', 'claim', '/claims/{}')),
  ...both('mine', '作坊主', '/mine'),
  ...both('inbox', '作坊主', '/inbox'),
  ...both('me', '作坊主', '/me'),
  ...both('registration', '作坊主', '/registration'),

  // The purchasing manager of a lead firm.
  ...both('lead-home', '采购经理', '/home'),
  ...both('catalogues', '采购经理', '/catalogues'),
  ...both('new-catalogue', '采购经理', '/catalogues/new'),
  ...both('catalogue', '采购经理', firstOf(published, 'catalogue', '/catalogues/{}')),
  ...both('catalogue-draft', '采购经理', firstOf(drafts, 'catalogue', '/catalogues/{}')),
  ...both('listing-quoting', '采购经理', firstLine('status=quoting', '/listings/{}')),
  ...both('listing-closed', '采购经理', firstLine('status=closed', '/listings/{}')),
  ...both('board', '采购经理', firstLine('needs=decision', '/catalogues/{catalogue}/board?listing={}')),
  ...both('board-dark', '采购经理', firstLine('needs=decision', '/catalogues/{catalogue}/board?listing={}'), {
    scheme: 'dark',
  }),
  ...both('orders', '采购经理', '/orders'),
  ...both('order', '采购经理', firstOf('/api/orders', 'order', '/orders/{}')),
  ...both('contract', '采购经理', firstOf('/api/orders', 'order', '/orders/{}/contract-print')),
  ...both('payment-clock', '采购经理', '/payment-clock'),
  ...both('invoices', '采购经理', '/invoices'),
  ...both('statements', '采购经理', '/statements'),
  ...both('new-statement', '采购经理', '/statements/new'),
  ...both('members', '采购经理', '/members'),

  // The bureau.
  ...both('office-home', '市局经办', '/home'),
  ...both('registrations', '市局经办', '/registrations'),
  ...both('matches', '市局经办', '/matches'),
  ...both('match', '市局经办', firstOf('/api/match-register', 'match', '/matches/{}')),
  ...both('office-orders', '市局经办', '/orders'),
  ...both('office-payment-clock', '市局经办', '/payment-clock'),
  ...both('office-claims', '市局经办', '/claims'),
  ...both('office-claim', '市局经办', firstOf('/api/claims', 'claim', '/claims/{}')),
  ...both('claim-trail', '市局经办', firstOf('/api/claims', 'claim', '/claims/{}/trail')),
  ...both('round', '市局经办', firstOf('/api/rounds', 'round', '/rounds/{}')),
  ...both('new-round', '市局经办', '/rounds/new'),
  ...both('replays', '市局经办', '/replays'),
  ...both('replay', '市局经办', firstOf('/api/replays', 'replay', '/replays/{}')),
  ...both('doubts', '市局经办', firstOf('/api/rounds', 'round', '/rounds/{}/doubts')),
  ...both('bank-lists', '市财政', firstOf('/api/rounds', 'round', '/rounds/{}/bank-lists')),
  ...both('samples', '市局经办', firstOf('/api/rounds', 'round', '/rounds/{}/samples')),
  ...both('office-invoices', '市局经办', '/invoices'),
  ...both('office-loans', '市局经办', '/loans'),
  ...both('finance-claims', '市财政', '/claims'),
  ...both('claim-to-recover', '市财政', firstOf('/api/claims?state=to-recover', 'claim', '/claims/{}')),
  ...both('claim-paid', '市财政', firstOf('/api/claims?state=paid', 'claim', '/claims/{}')),
  ...both('bank-requests', '银行', '/finance'),
  ...both('bank-loan', '银行', firstOf('/api/loans', 'loan', '/loans/{}')),
  ...both('adviser-requests', '金融顾问', '/finance'),
  ...both('audit-trail', '审计', firstOf('/api/claims?state=paid', 'claim', '/claims/{}/trail')),
  ...both('new-policy', '市局经办', '/policies/new?scheme=cluster-sme&version=2020'),
  ...both('county-claim', '晋江市经办', firstOf('/api/claims', 'claim', '/claims/{}')),
  ...both('enterprises', '市局经办', '/enterprises'),
  ...both('lead-lists', '市局经办', '/lead-lists'),
  ...both('day-reports', '市局经办', '/day-reports'),
  ...both('dashboards', '市局经办', '/dashboards'),
  ...both('county-home', '晋江市经办', '/home'),
  ...both('auditor', '审计', '/matches'),
  ...both('officers', '系统管理员', '/officers'),
];
