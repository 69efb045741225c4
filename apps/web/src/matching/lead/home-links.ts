/** What an address is made of: ids by the names of route parameters. */
export type ToDoIds = {
  readonly listing?: string | undefined;
  readonly catalogue?: string | undefined;
  readonly award?: string | undefined;
  readonly offer?: string | undefined;
  readonly match?: string | undefined;
  readonly check?: string | undefined;
  readonly registration?: string | undefined;
  readonly order?: string | undefined;
  readonly item?: string | undefined;
};

const finance = ({ item }: ToDoIds): string | undefined => item && `/finance/${item}`;
const loan = ({ item }: ToDoIds): string | undefined => item && `/loans/${item}`;
const claim = ({ item }: ToDoIds): string | undefined => item && `/claims/${item}`;
const policy = ({ item }: ToDoIds): string | undefined => item && `/policies/${item}`;
const offering = ({ catalogue, listing }: ToDoIds): string | undefined =>
  catalogue ? `/catalogues/${catalogue}/offer` : listing && `/listings/${listing}/offer`;

/** Things of these kinds are done on a page of their own, and not on that of the thing they belong to. */
const OWN_PAGE: Readonly<Record<string, (ids: ToDoIds) => string | undefined>> = {
  'offers-to-compare': ({ catalogue, listing }) =>
    catalogue ? `/catalogues/${catalogue}/board` : listing && `/listings/${listing}/board`,
  'questions-to-answer': ({ catalogue }) => catalogue && `/catalogues/${catalogue}?needs=answer`,
  'acts-to-approve': ({ catalogue }) => catalogue && `/catalogues/${catalogue}?needs=approval`,
  'no-offers': ({ catalogue }) => catalogue && `/catalogues/${catalogue}?needs=decision`,
  'roles-to-confirm': () => '/officers',
  'registration-to-complete': () => '/registration',
  'shares-to-accept': () => '/my-awards',
  'demand-to-answer': offering,
  'second-round-to-answer': offering,
  'month-statement-to-answer': ({ item }) => item && `/statements/${item}`,
  'finance-to-assign': () => '/finance?state=asked',
  'finance-to-take': () => '/finance?state=asked',
  'finance-to-pass': finance,
  'finance-to-answer': finance,
  'finance-to-grant': finance,
  'finance-to-choose': finance,
  'loan-to-confirm': loan,
  'loan-to-correct': loan,
  'claim-offered': claim,
  'claim-to-complete': claim,
  'claim-deferred': claim,
  'recovery-to-answer': claim,
  'claim-county-check': claim,
  'claim-city-check': claim,
  'claim-joint-review': claim,
  'claim-approval': claim,
  'claim-passing-down': claim,
  'claim-payment': claim,
  'claim-review': claim,
  'claim-recovery': claim,
  'claim-to-hand-up': claim,
  'policy-to-approve': policy,
  'policy-to-publish': policy,
};

/** The page on which a thing is done: by its kind, else that of the narrowest thing it names. */
export function placeOf(kind: string, ids: ToDoIds): string {
  const own = OWN_PAGE[kind]?.(ids);
  if (own) return own;
  const { listing, catalogue, award, match, check, registration, offer, order } = ids;
  if (order) return `/orders/${order}`;
  if (match && check) return `/checks/${match}/${check}`;
  if (match) return `/matches/${match}`;
  if (offer) return `/my-offers/${offer}`;
  if (listing) return `/listings/${listing}`;
  if (award) return `/awards?award=${award}`;
  if (catalogue) return `/catalogues/${catalogue}`;
  if (registration) return `/registrations/${registration}`;
  return '/home';
}
