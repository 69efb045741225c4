import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { MinuteInput } from '../kit/inputs';
import { StateTag, useLabels } from '../kit/labels';
import { ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { dayText, minuteText } from '../kit/time';
import { useKnownAt } from './claim-audit';
import { ClaimChecks } from './claim-checks-panel';
import { ClaimMaterials } from './claim-materials';
import { useClaimStory } from './claim-story';
import { TrailChanges, TrailDecisions, TrailEvents } from './claim-trail-decisions';
import { TrailLoans } from './claim-trail-loans';
import { TrailFirms, TrailTrades } from './claim-trail-trades';
import { ClaimTrades } from './claim-trades';
import './subsidies.css';

const words = defineWords('claim-trail', {
  kind: ['审计轨迹', 'Audit trail'],
  known: ['看当时所知', 'As it was known at'],
  now: ['回到现在', 'Back to now'],
  at: ['截至 {{at}} 所知', 'as known at {{at}}'],
  bundle: ['审计数据包', 'The bundle for auditors'],
  claim: ['申报页面', 'The claim'],
  print: ['打印', 'Print'],
  checks: ['核查', 'Checks of the matches'],
  noChecks: ['没有核查记录', 'no match was checked'],
  looks: ['谁看过', 'Who looked'],
  noDerivation: ['测算过程还没有保存', 'The derivation was not kept yet'],
});

/** What an auditor reads of a claim from top to bottom, now or as known at an instant that stands in the address. */
export function ClaimTrailPage() {
  const { claim = '' } = useParams();
  const { knownAt } = useKnownAt();
  const trail = useGet('/api/claims/{claim}/trail', { path: { claim }, query: { ...(knownAt && { knownAt }) } });
  return <Read query={trail}>{(of) => <Page of={of} />}</Read>;
}

function Page({ of }: { of: Api['ClaimTrailView'] }) {
  const t = words.use();
  const label = useLabels();
  const { knownAt, set } = useKnownAt();
  const { claim } = of;
  const story = useClaimStory(claim);
  const query = knownAt === undefined ? '' : `?knownAt=${encodeURIComponent(knownAt)}`;
  return (
    <ObjectPage
      kind={[t('kind'), t('at', { at: minuteText(of.knownAt) })].join(' · ')}
      title={claim.firm.name ?? claim.firm.enterprise}
      state={<StateTag kind="claim-state" value={claim.state} />}
      story={story}
    >
      <div className="stacked-parts claim-trail">
        <div className="claim-audit no-print">
          <MinuteInput label={t('known')} value={knownAt} onChange={set} />
          {knownAt !== undefined && <Button onClick={() => set(undefined)}>{t('now')}</Button>}
          <a
            href={`/api/claims/${claim.claim}/bundle${query}`}
            download={`${claim.firm.name ?? claim.firm.enterprise}-${claim.claim.slice(0, 8)}-${dayText(of.knownAt)}.json`}
            className="card-link"
          >
            {t('bundle')}
          </a>
          <Link to={`/claims/${claim.claim}${query}`} className="card-link">
            {t('claim')}
          </Link>
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
        {knownAt !== undefined && <TrailChanges claim={claim.claim} since={knownAt} />}
        <TrailFirms of={of} />
        <TrailTrades of={of} />
        <TrailLoans of={of} />
        <section className="panel">
          <h2>{t('checks')}</h2>
          {of.checks.length === 0 && <p className="secondary">{t('noChecks')}</p>}
          {of.checks.map(({ match, events }) => (
            <TrailEvents key={match} events={events} />
          ))}
        </section>
        {claim.derivation ? (
          <ClaimTrades of={claim.derivation} products={claim.products} isWhole beside={<ClaimChecks of={claim} />} />
        ) : (
          <p className="secondary">{t('noDerivation')}</p>
        )}
        <ClaimMaterials of={claim} isWhole />
        <TrailDecisions of={of} />
        {of.looks && (
          <section className="panel">
            <h2>{t('looks')}</h2>
            <ul className="plain break">
              {of.looks.map(({ at, actor, name, reason }) => (
                <li key={`${at} ${actor} ${reason}`}>
                  {[minuteText(at), name ?? actor, label('claim-viewed', reason)].join(' · ')}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </ObjectPage>
  );
}
