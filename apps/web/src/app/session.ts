import { useQueryClient } from '@tanstack/react-query';
import { call, carried, type Api } from '../api/client';
import { Problem } from '../api/problem';
import { useGet } from '../api/queries';
import { useQuery } from '@tanstack/react-query';
import { forgetDrafts } from '../kit/drafts';

export type Me = Api['MeView'];
export type Role =
  | 'member'
  | 'county-officer'
  | 'city-officer'
  | 'county-finance'
  | 'city-finance'
  | 'bank'
  | 'adviser'
  | 'auditor'
  | 'administrator';

const ME = ['me'] as const;

function take({ account, party, csrfToken }: Me): void {
  carried.csrf = csrfToken;
  carried.owner = `${account}.${party?.registration ?? ''}`;
}

async function readMe(): Promise<Me | null> {
  try {
    const me = await call('get', '/api/me', {});
    take(me);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in: undefined while unknown, null for nobody. */
export function useMe(): Me | null | undefined {
  return useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000 }).data;
}

/** For pages that only the signed-in reach. */
export function useSignedIn(): Me {
  const me = useMe();
  if (!me) throw new Error('this page is for people who signed in');
  return me;
}

/** Takes a sign-in's answer, or a change of the firm acted for. Nothing read before is shown to the new reader. */
export function useWelcome(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => {
    take(me);
    carried.position = undefined;
    // Whoever worked here before without signing out left prices that were still to be offered.
    forgetDrafts(me.account);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
    client.setQueryData(ME, me);
  };
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await call('post', '/api/sign-out', {});
    carried.csrf = undefined;
    carried.owner = undefined;
    carried.position = undefined;
    // A shared computer must not keep a price that somebody was about to offer.
    forgetDrafts();
    client.clear();
    client.setQueryData(ME, null);
  };
}

/** How the signed-in stands to the platform: what the navigation and the home page are made for. */
export type Standing = {
  readonly me: Me | null;
  readonly firm: boolean;
  readonly lead: boolean;
  readonly office: boolean;
  readonly city: boolean;
  readonly auditor: boolean;
  readonly administrator: boolean;
};

export function useStanding(): Standing | undefined {
  const me = useMe();
  const enterprise = me?.party?.enterprise;
  const own = useGet(
    '/api/enterprises/{uscc}',
    { path: { uscc: enterprise ?? '' } },
    { enabled: enterprise !== undefined },
  );
  // Not isPending: read again, what was not found is pending anew, and the page would come and go with every live change.
  if (me === undefined || (enterprise !== undefined && !own.isFetched)) return undefined;
  const holds = (role: Role): boolean => me?.roles.includes(role) ?? false;
  return {
    me,
    firm: me?.party !== undefined,
    lead: own.data?.isLead ?? false,
    office: holds('county-officer') || holds('city-officer'),
    city: holds('city-officer'),
    auditor: holds('auditor'),
    administrator: holds('administrator'),
  };
}
