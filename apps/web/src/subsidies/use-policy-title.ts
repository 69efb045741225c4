import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useLanguage } from '../app/language';

/** A hook: the title of a policy's version; its name until that is read. */
export function usePolicyTitle({ scheme, version }: Api['PolicyOfClaim']): string {
  const language = useLanguage();
  const path = { scheme, version };
  const { data } = useGet('/api/policies/{scheme}/{version}', { path, query: { language } }, { staleTime: 3_600_000 });
  return data?.terms.title ?? `${scheme} ${version}`;
}
