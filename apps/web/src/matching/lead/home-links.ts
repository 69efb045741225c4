/** What an address is made of: ids by the names of route parameters. */
export type ToDoIds = {
  readonly listing?: string | undefined;
  readonly catalogue?: string | undefined;
  readonly award?: string | undefined;
  readonly offer?: string | undefined;
  readonly match?: string | undefined;
  readonly check?: string | undefined;
  readonly registration?: string | undefined;
  readonly item?: string | undefined;
};

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
};

/** The page on which a thing is done: by its kind, else that of the narrowest thing it names. */
export function placeOf(kind: string, ids: ToDoIds): string {
  const own = OWN_PAGE[kind]?.(ids);
  if (own) return own;
  const { listing, catalogue, award, match, check, registration, offer } = ids;
  if (match && check) return `/checks/${match}/${check}`;
  if (match) return `/matches/${match}`;
  if (offer) return `/my-offers/${offer}`;
  if (listing) return `/listings/${listing}`;
  if (award) return `/awards?award=${award}`;
  if (catalogue) return `/catalogues/${catalogue}`;
  if (registration) return `/registrations/${registration}`;
  return '/home';
}
