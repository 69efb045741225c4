import { Alert, App, Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../api/problem';
import { defineWords, languageNow } from '../app/language';
import { useStanding } from '../app/session';
import { download } from '../kit/export-menu';
import { MinuteInput } from '../kit/inputs';
import { minuteText } from '../kit/time';
import type { ClaimView } from './claim-next';
import { holds, readsFunds } from './readers';

const words = defineWords('claim-audit', {
  list: ['导出拟补助名单', 'The proposed list'],
  facts: ['导出依据的事实', 'The facts that it rests on'],
  bundle: ['审计数据包', 'The bundle for auditors'],
  trail: ['审计轨迹', 'Audit trail'],
  known: ['看当时所知', 'As it was known at'],
  then: [
    '这是 {{at}} 当时所知的样子，之后记录的事都不算',
    'As it was known at {{at}}: what was recorded later does not exist',
  ],
  now: ['回到现在', 'Back to now'],
});

/** A hook: the instant as known at which a claim is read, which stands in the address; undefined for now. */
export function useKnownAt(): { readonly knownAt: string | undefined; readonly set: (at: string | undefined) => void } {
  const [params, setParams] = useSearchParams();
  const knownAt = params.get('knownAt') ?? undefined;
  return { knownAt, set: (at) => setParams(at === undefined ? {} : { knownAt: at }) };
}

/** For offices and the auditor: the claim as it was known then, its facts to compute again, and the list that is posted. */
export function ClaimAudit({ of }: { of: ClaimView }) {
  const t = words.use();
  const standing = useStanding();
  const { knownAt, set } = useKnownAt();
  const { message } = App.useApp();
  if (!standing || !readsFunds(standing)) return null;
  const list = of.steps.findLast(({ type }) => type === 'ClaimProposed')?.details.list;
  const readsList = standing.auditor || holds(standing, 'city-officer', 'city-finance');
  const fetchList = (): void =>
    void download(`/api/proposed-lists/${String(list)}/document`).catch((error: unknown) =>
      message.error(problemOf(error)[languageNow()]),
    );
  const query = knownAt === undefined ? '' : `?knownAt=${encodeURIComponent(knownAt)}`;
  return (
    <>
      {knownAt !== undefined && (
        <Alert
          type="info"
          showIcon
          title={t('then', { at: minuteText(knownAt) })}
          action={<Button onClick={() => set(undefined)}>{t('now')}</Button>}
        />
      )}
      <div className="claim-audit no-print">
        <MinuteInput label={t('known')} value={knownAt} onChange={set} />
        <Link to={`/claims/${of.claim}/trail${query}`} className="card-link">
          {t('trail')}
        </Link>
        <a href={`/api/claims/${of.claim}/facts${query}`} download={`${of.claim}.json`} className="card-link">
          {t('facts')}
        </a>
        <a href={`/api/claims/${of.claim}/bundle${query}`} download={`${of.claim}-bundle.json`} className="card-link">
          {t('bundle')}
        </a>
        {readsList && typeof list === 'string' && of.granted !== undefined && (
          <Button onClick={fetchList}>{t('list')}</Button>
        )}
      </div>
    </>
  );
}
