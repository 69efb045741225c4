import { Tag } from 'antd';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useLabels } from '../../kit/labels';

const words = defineWords('fit-tags', { why: ['为什么适合', 'Why it fits'] });
const MOST = '200';

/** Why a demand fits, in words; and which of the firm's products it fits. */
export function FitTags({ reasons, product }: { reasons: readonly string[]; product?: string }) {
  const t = words.use();
  const label = useLabels();
  return (
    <span className="fit-tags" role="group" aria-label={t('why')}>
      {product && <span className="secondary">{product}</span>}
      {reasons.map((reason) => (
        <Tag key={reason}>{label('fit-reason', reason)}</Tag>
      ))}
    </span>
  );
}

/** How this demand fits what the firm makes; undefined where it does not, or is not known yet. */
export function useFit(listing: string) {
  const { data } = useGet('/api/fitting-demands', { query: { limit: MOST } }, { staleTime: 60_000 });
  return data?.items.find(({ demand }) => demand.listing === listing);
}
