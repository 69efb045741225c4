import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useLanguage } from '../app/language';

export type Version = Api['ReplayVersion'];

/** A version as one value of a select: neither name holds a blank. */
export const keyOfVersion = ({ scheme, version }: Version): string => `${scheme} ${version}`;
export const versionOf = (key = ''): Version => {
  const [scheme = '', version = ''] = key.split(' ');
  return { scheme, version };
};

/** A hook: published and historical versions of policies, each by its title. */
export function usePolicyVersions() {
  const language = useLanguage();
  const { data, isPending } = useGet('/api/policies', { query: { language } }, { staleTime: 600_000 });
  const named = (data?.items ?? []).map(({ title, version, ...line }) => ({
    ...line,
    version,
    key: keyOfVersion({ scheme: line.scheme, version }),
    name: `${title} ${version}`,
  }));
  const names = new Map(named.map(({ key, name }) => [key, name]));
  return {
    isPending,
    nameOf: (of: Version): string => names.get(keyOfVersion(of)) ?? keyOfVersion(of),
    published: named.filter(({ state }) => state === 'published'),
  };
}
