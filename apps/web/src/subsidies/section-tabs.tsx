import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { LinkTabs } from '../kit/link-tabs';
import { readsClaims, seesDoubts } from './readers';

const words = defineWords('subsidies-section', {
  label: ['政策与补贴', 'Policies and subsidies'],
  policies: ['扶持政策', 'Policies'],
  rounds: ['申报批次', 'Rounds'],
  claims: ['申报', 'Claims'],
  notices: ['公示', 'Public notices'],
  replays: ['政策重算', 'Replays'],
  advice: ['达标测算', 'What is missing'],
});

/** The lists around subsidies, side by side. All but the claims are everybody's. */
export function SectionTabs() {
  const t = words.use();
  const standing = useStanding();
  return (
    <LinkTabs
      label={t('label')}
      tabs={[
        { to: '/policies', text: t('policies') },
        { to: '/rounds', text: t('rounds') },
        ...(standing && readsClaims(standing) ? [{ to: '/claims', text: t('claims') }] : []),
        ...(standing?.firm ? [{ to: '/claims/advice', text: t('advice') }] : []),
        ...(standing && seesDoubts(standing) ? [{ to: '/replays', text: t('replays') }] : []),
        { to: '/notices', text: t('notices') },
      ]}
    />
  );
}
