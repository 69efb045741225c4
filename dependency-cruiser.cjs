// The architecture, as rules. docs/architecture.md explains them; test/architecture/boundaries.spec.ts proves on a
// tree of bad imports that each one bites. A lib that is not listed here is a bounded context: isolated by default.
const PLATFORM =
  'kernel|labels|event-store|projections|transparency|auth|http|embedded-postgres|inbox|attachments|spreadsheets|search';

// Who may ask whom, left to right. A context may import only from contexts to its left.
const ORDER = ['registry', 'matching', 'reports', 'orders', 'factories', 'subsidies', 'finance', 'coordination'];
const upstream = ORDER.map((context, i) => ({
  name: `order-of-contexts/${context}`,
  severity: 'error',
  comment: `${context} may depend only on: ${ORDER.slice(0, i).join(', ') || 'no other context'}.`,
  from: { path: `^libs/${context}/` },
  to: { path: '^libs/', pathNot: `^libs/(${[PLATFORM, context, ...ORDER.slice(0, i)].join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'A lib is entered by its index.ts (or testing.ts, from tests), never by a file inside it.',
      from: { path: '^(?:libs|apps|test)/([^/]+)/' },
      to: { path: '^libs/(?!$1/)[^/]+/', pathNot: '^libs/[^/]+/src/(index|testing)[.]ts$' },
    },
    {
      name: 'testing-doors-are-for-tests',
      severity: 'error',
      comment: 'What helps tests is not shipped.',
      from: { path: '^(libs|apps)/', pathNot: '[.]spec[.]ts$|[.]contract[.]ts$|/testing[.]ts$|^libs/[^/]+/test/' },
      to: { path: '/testing[.]ts$' },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      comment: 'Platform code is about events and people, not about supply chains.',
      from: { path: `^libs/(${PLATFORM})/` },
      to: { path: '^libs/', pathNot: `^libs/(${PLATFORM})/` },
    },
    ...upstream,
    {
      name: 'deciders-are-pure',
      severity: 'error',
      comment: 'Deciders and rules import the kernel, decimal.js and each other: no framework, no IO.',
      from: { path: '^libs/[^/]+/.*[.](?:decider|rules)[.]ts$' },
      to: { pathNot: ['^libs/kernel/src/', '[.](decider|rules)[.]ts$', 'node_modules/decimal[.]js/'] },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      comment:
        'Only fields.ts knows the validators; the rest of the kernel is plain TypeScript with a hash, a UUID and a calendar.',
      from: { path: '^libs/kernel/', pathNot: '[.]spec[.]ts$|fields[.]ts$' },
      to: {
        pathNot: ['^libs/kernel/', 'node_modules/(decimal[.]js|canonicalize|uuid|chinese-days)/', '^(node:)?crypto$'],
      },
    },
    {
      name: 'labels-are-words',
      severity: 'error',
      comment: 'Labels are data: the web app reads them too.',
      from: { path: '^libs/labels/', pathNot: '[.]spec[.]ts$' },
      to: { pathNot: '^libs/labels/' },
    },
    {
      name: 'orm-only-for-rows',
      severity: 'error',
      comment: 'TypeORM is for read models and kept rows; streams go through EventStore.',
      from: {
        path: '^libs/',
        pathNot: '^libs/(projections|auth|attachments|spreadsheets|search)/|[.](view|table)[.]ts$|[.]spec[.]ts$',
      },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'drivers-own-their-client',
      severity: 'error',
      comment:
        'The driver alone knows the EventStoreDB client, so that another can stand beside it; its tests have controls.',
      from: { path: '^(libs|apps)/', pathNot: '^libs/event-store/(src/drivers|test)/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'pg-where-locks-and-logs-are',
      severity: 'error',
      comment: 'Bare connections are for the log, for locks and notices, and for the embedded server.',
      from: {
        path: '^libs/',
        pathNot:
          '^libs/(event-store/src/drivers|projections|embedded-postgres)/|[.]spec[.]ts$|^libs/[^/]+/(test/|src/testing[.]ts)',
      },
      to: { path: 'node_modules/pg/' },
    },
    {
      name: 'nobody-imports-an-app',
      severity: 'error',
      comment: 'Apps compose; tests start one by its app.module.ts or its command line.',
      from: { path: '^(libs|test)/' },
      to: {
        path: '^apps/',
        pathNot: '^apps/[^/]+/src/(app[.]module|serve|command-line|demo/(city|demo)|story/story)[.]ts$',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'code-does-not-import-specs',
      severity: 'error',
      comment: 'A spec is read by people and Jest.',
      from: { pathNot: '[.]spec[.]ts$' },
      to: { path: '[.]spec[.]ts$' },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that resolves nowhere is checked by no rule.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/architecture/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
