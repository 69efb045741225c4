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
import { ClaimInvoices } from './claim-invoices-panel';
import { FirmActDialog, useFirmActWords } from './claim-firm-acts';
import { gapsOf } from './claim-gaps';
import { ClaimMaterials } from './claim-materials';
import { firmActs, isBarred, officeActs, officeOf, type ClaimView, type FirmAct, type OfficeAct } from './claim-next';
import { useClaimStory } from './claim-story';
import { ClaimTrades } from './claim-trades';
import { usePolicyMaterials } from './material-fields';
import { policyPath } from './policy-path';
import { useOfficeName } from './use-office-name';
import { writesClaims } from './readers';
import { usePolicyTitle } from './use-policy-title';
import './subsidies.css';

const words = defineWords('claim', {
  kind: ['申报', 'Claim'],
  firm: ['企业', 'Firm'],
  policy: ['政策', 'Policy'],
  round: ['申报批次', 'Round'],
  award: ['测算', 'Award'],
  granted: ['拟补助', 'Granted'],
  paid: ['已拨付', 'Paid'],
  mode: ['方式', 'How'],
  year: ['计入年度', 'Counts for'],
  asOf: ['事实截至', 'Facts as of'],
  notice: ['公示', 'Public notice'],
  until: ['至 {{day}}', 'until {{day}}'],
  standStill: ['静候至 {{day}}', 'stand-still until {{day}}'],
  recovered: ['已追回', 'Recovered'],
  offset: ['已抵扣', 'Kept back for a recovery'],
  payable: ['应拨付', 'To be paid'],
  against: ['抵扣的申报', 'Kept back from'],
  againstClaim: ['查看申报', 'See the claim'],
  recovery: ['追回：{{cause}}，{{state}}，应退 {{due}} 元', 'Recovery: {{cause}}, {{state}}, {{due}} yuan due'],
  hearUntil: ['{{day}} 前可陈述申辩', 'the firm may state its case until {{day}}'],
  barred: ['您办过别的环节，这一步由其他同事办', 'you acted in another stage: this one is a colleague’s'],
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
  const standing = useStanding();
  const story = useClaimStory(of);
  const [firmAct, setFirmAct] = useState<FirmAct>();
  const [officeAct, setOfficeAct] = useState<OfficeAct>();
  const { knownAt } = useKnownAt();
  const own = standing?.firm ?? false;
  const round = useGet('/api/rounds/{round}', { path: { round: of.round } });
  const known = usePolicyMaterials(of.policy);
  const title = usePolicyTitle(of.policy);
  const gaps = of.state === 'returned' ? gapsOf(of) : [];
  const { recoveryNow } = of;
  const isOffset = Number(of.offset) > 0;
  const officeName = useOfficeName();
  return (
    <ObjectPage
      kind={[t('kind'), label('policy-beneficiary', of.beneficiary), label('claim-mode', of.mode)].join(' · ')}
      title={of.firm.name ?? of.firm.enterprise}
      state={<StateTag kind="claim-state" value={of.state} />}
      holder={
        of.waitsFor &&
        [
          of.waitsFor.offices.map(officeName).join(' / '),
          label('claim-stage', of.waitsFor.stage),
          ...(isBarred(of, standing?.me ? officeOf(standing.me) : undefined) ? [t('barred')] : []),
        ].join(' · ')
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
              [
                t(of.state === 'paid' && !isOffset ? 'paid' : 'granted'),
                of.granted && <Money key="granted" amount={of.granted} />,
              ],
              [t('offset'), isOffset && <Money amount={of.offset} />],
              [t(of.state === 'paid' ? 'paid' : 'payable'), isOffset && of.payable && <Money amount={of.payable} />],
              [
                t('against'),
                recoveryNow?.against && (
                  <Link key="against" to={`/claims/${recoveryNow.against}`} className="card-link">
                    {t('againstClaim')}
                  </Link>
                ),
              ],
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
          <ClaimTrades
            of={of.derivation}
            products={of.products}
            beside={
              <>
                {!own && <ClaimChecks of={of} />}
                {knownAt === undefined && <ClaimInvoices of={of} canCheck={standing?.office ?? false} />}
              </>
            }
          />
        ) : (
          <p className="secondary">{t('noDerivation')}</p>
        )}
        {own && <Pledges of={of} />}
        <ClaimMaterials of={of} />
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
    // With nothing that is waited for, the likeliest of the others stands in its place, but no change of what is settled.
    const isSettled =
      first === undefined &&
      (standing?.firm ? of.payee !== undefined : isBarred(of, standing?.me ? officeOf(standing.me) : undefined));
    const acts = first === undefined ? more : [first, ...more];
    if (acts.length === 0) return undefined;
    const head = isSettled ? undefined : acts[0];
    const others = isSettled ? acts : acts.slice(1);
    const beside = others.filter((act) => BESIDE.has(act));
    const behind = others.filter((act) => !BESIDE.has(act));
    return {
      ...(head !== undefined && { ...wording(head), onPress: () => onPress(head) }),
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
