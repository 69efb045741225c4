import { DownOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, languageNow } from '../app/language';
import { useStanding } from '../app/session';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage, type NextStep } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { ClaimAudit, useKnownAt } from './claim-audit';
import { OfficeActDialog, useOfficeActWords } from './claim-act-dialog';
import { pairsOf } from './claim-checks';
import { ClaimChecks } from './claim-checks-panel';
import { FirmActDialog, useFirmActWords } from './claim-firm-acts';
import { gapsOf } from './claim-gaps';
import { ClaimMaterials } from './claim-materials';
import { firmActs, officeActs, officeOf, type ClaimView, type FirmAct, type OfficeAct } from './claim-next';
import { useClaimStory } from './claim-story';
import { ClaimTrades } from './claim-trades';
import { usePolicyMaterials } from './material-fields';
import { policyPath } from './policy-path';
import { useLevelName } from './round-funds';
import { writesClaims } from './readers';
import { usePolicyTitle } from './use-policy-title';
import './subsidies.css';

const words = defineWords('claim', {
  kind: ['申报', 'Claim'],
  office: ['{{office}}工信部门', 'the office of {{office}}'],
  finance: ['{{office}}财政', 'finance of {{office}}'],
  cityFinance: ['市财政局', 'the city finance bureau'],
  city: ['市工信局', 'the city bureau'],
  firm: ['企业', 'Firm'],
  policy: ['政策', 'Policy'],
  round: ['申报批次', 'Round'],
  award: ['测算', 'Award'],
  granted: ['拟补助', 'Granted'],
  mode: ['方式', 'How'],
  year: ['计入年度', 'Counts for'],
  asOf: ['事实截至', 'Facts as of'],
  notice: ['公示', 'Public notice'],
  until: ['至 {{day}}', 'until {{day}}'],
  standStill: ['静候至 {{day}}', 'stand-still until {{day}}'],
  recovered: ['已追回', 'Recovered'],
  recovery: ['追回：{{cause}}，{{state}}，应退 {{due}} 元', 'Recovery: {{cause}}, {{state}}, {{due}} yuan due'],
  hearUntil: ['{{day}} 前可陈述申辩', 'the firm may state its case until {{day}}'],
  gaps: ['退回时列出的', 'What the return named'],
  more: ['其他操作', 'Other acts'],
  pledge: ['承诺此前无往来', 'Pledge that there was no trade'],
  pledgeText: ['“新对接”要双方都承诺；与实际不符的请不要承诺', 'Both firms pledge it; do not pledge what is not so'],
  noDerivation: ['测算过程还没有保存', 'The derivation was not kept yet'],
});

/** 申报: trades that add up to the base, the sum to the award, the checks, and what comes next. */
export function ClaimPage() {
  const { claim = '' } = useParams();
  const { knownAt } = useKnownAt();
  const page = useGet('/api/claims/{claim}', { path: { claim }, query: { ...(knownAt && { knownAt }) } });
  return <Read query={page}>{(of) => <Page of={of} />}</Read>;
}

function Page({ of }: { of: ClaimView }) {
  const t = words.use();
  const label = useLabels();
  const levelName = useLevelName();
  const standing = useStanding();
  const story = useClaimStory(of);
  const [firmAct, setFirmAct] = useState<FirmAct>();
  const [officeAct, setOfficeAct] = useState<OfficeAct>();
  const own = standing?.firm ?? false;
  const round = useGet('/api/rounds/{round}', { path: { round: of.round } });
  const known = usePolicyMaterials(of.policy);
  const title = usePolicyTitle(of.policy);
  const gaps = of.state === 'returned' ? gapsOf(of) : [];
  const { recoveryNow } = of;
  const officeName = (office: string): string => {
    if (office === 'city') return t('city');
    if (office === 'city-finance') return t('cityFinance');
    const county = levelName(office.replace(/-finance$/, ''));
    return t(office.endsWith('-finance') ? 'finance' : 'office', { office: county });
  };
  return (
    <ObjectPage
      kind={[t('kind'), label('policy-beneficiary', of.beneficiary), label('claim-mode', of.mode)].join(' · ')}
      title={of.firm.name ?? of.firm.enterprise}
      state={<StateTag kind="claim-state" value={of.state} />}
      holder={
        of.waitsFor &&
        [of.waitsFor.offices.map(officeName).join(' / '), label('claim-stage', of.waitsFor.stage)].join(' · ')
      }
      next={useNext(of, setFirmAct, setOfficeAct)}
      story={story}
    >
      <div className="stacked-parts">
        <ClaimAudit of={of} />
        {gaps.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('gaps')}
            description={
              <ul className="faults">
                {gaps.map(({ material, note }) => (
                  <li key={material + note}>{`${known.get(material)?.title ?? material}：${note}`}</li>
                ))}
              </ul>
            }
          />
        )}
        {recoveryNow && (
          <Alert
            type="warning"
            showIcon
            title={t('recovery', {
              cause: label('recovery-cause', recoveryNow.cause),
              state: label('recovery-state', recoveryNow.state),
              due: recoveryNow.due,
            })}
            description={recoveryNow.hearUntil && t('hearUntil', { day: recoveryNow.hearUntil })}
          />
        )}
        <section className="panel">
          <Facts
            facts={[
              [t('firm'), !own && <Firm key="firm" firm={of.firm} />],
              [
                t('policy'),
                <Link key="policy" to={policyPath(of.policy)} className="card-link">
                  {title}
                </Link>,
              ],
              [
                t('round'),
                <Link key="round" to={`/rounds/${of.round}`} className="card-link">
                  {round.data?.name ?? t('round')}
                </Link>,
              ],
              [t('award'), <Money key="award" amount={of.award} />],
              [t('granted'), of.granted && <Money key="granted" amount={of.granted} />],
              [t('year'), of.year],
              [t('asOf'), of.derivation?.grounds.asOf],
              [
                t('notice'),
                of.notice && (
                  <Link key="notice" to={`/notices/${of.notice}`} className="card-link">
                    {[
                      of.noticeUntil && t('until', { day: of.noticeUntil }),
                      of.standStillUntil && t('standStill', { day: of.standStillUntil }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Link>
                ),
              ],
              [t('recovered'), of.recovered !== '0' && of.recovered !== '0.00' && <Money amount={of.recovered} />],
            ]}
          />
        </section>
        {of.derivation ? (
          <ClaimTrades of={of.derivation} beside={!own && <ClaimChecks of={of} />} />
        ) : (
          <p className="secondary">{t('noDerivation')}</p>
        )}
        {own && <Pledges of={of} />}
        <ClaimMaterials of={of} officeName={officeName} />
      </div>
      {firmAct && <FirmActDialog act={firmAct} of={of} onClose={() => setFirmAct(undefined)} />}
      {officeAct && <OfficeActDialog act={officeAct} of={of} onClose={() => setOfficeAct(undefined)} />}
    </ObjectPage>
  );
}

/** Said at once beside 通过; whatever else may be done stands behind one button. */
const BESIDE: ReadonlySet<string> = new Set<OfficeAct>(['return', 'refusal', 'recovery-drop']);

/** One act that is waited for, and beside it the others. */
function useNext(
  of: ClaimView,
  onFirm: (act: FirmAct) => void,
  onOffice: (act: OfficeAct) => void,
): NextStep | undefined {
  const t = words.use();
  const standing = useStanding();
  const firmWords = useFirmActWords();
  const officeWords = useOfficeActWords();
  const { knownAt } = useKnownAt();
  // Nobody acts in the past.
  if (knownAt !== undefined || !standing?.me || (standing.firm && !writesClaims(standing))) return undefined;
  if (standing.firm) return step(firmActs(of), firmWords, onFirm);
  return step(officeActs(of, officeOf(standing.me)), officeWords, onOffice);

  function step<A extends string>(
    { first, more }: { readonly first?: A; readonly more: readonly A[] },
    wording: (act: A) => { text: string; consequence: string },
    onPress: (act: A) => void,
  ): NextStep | undefined {
    // With nothing that is waited for, the likeliest of the others stands in its place.
    const [head, ...others] = first === undefined ? more : [first, ...more];
    if (head === undefined) return undefined;
    const beside = others.filter((act) => BESIDE.has(act));
    const behind = others.filter((act) => !BESIDE.has(act));
    return {
      ...wording(head),
      onPress: () => onPress(head),
      more: (
        <>
          {beside.map((act) => (
            <Button key={act} size="large" onClick={() => onPress(act)}>
              {wording(act).text}
            </Button>
          ))}
          {behind.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: behind.map((act) => ({ key: act, label: wording(act).text })),
                onClick: ({ key }) => onPress(key as A),
              }}
            >
              <Button size="large">
                {t('more')} <DownOutlined aria-hidden />
              </Button>
            </Dropdown>
          )}
        </>
      ),
    };
  }
}

/** The claimant's own pledges of its pairs. */
function Pledges({ of }: { of: ClaimView }) {
  const t = words.use();
  const standing = useStanding();
  const write = useWrite('post', '/api/claims/{claim}/pledges');
  const missing = pairsOf(of).filter(
    (pair) => !of.relations.some((one) => one.pair === pair && one.pledges.includes(of.firm.enterprise)),
  );
  const over = ['approved', 'passed-down', 'paid', 'not-supported', 'withdrawn', 'to-recover', 'recovered'];
  if (missing.length === 0 || over.includes(of.state) || !standing || !writesClaims(standing)) return null;
  const pledge = async (): Promise<void> => {
    for (const pair of missing) await write.mutateAsync({ path: { claim: of.claim }, body: { pair } });
  };
  return (
    <Alert
      type="info"
      showIcon
      title={t('pledgeText')}
      action={
        <Button loading={write.isPending} onClick={() => void pledge().catch(() => undefined)}>
          {t('pledge')}
        </Button>
      }
      description={write.error?.[languageNow()]}
    />
  );
}
