import { Alert, Button, Tag } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords, useLanguage } from '../app/language';
import { useStanding } from '../app/session';
import { StateTag, useLabels } from '../kit/labels';
import { ObjectPage, type NextStep } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { PolicyDialog, type PolicyAct } from './policy-acts';
import { policyPath } from './policy-path';
import { PolicyText } from './policy-text';
import './subsidies.css';

const words = defineWords('policy', {
  kind: ['扶持政策 · {{version}} 版', 'Policy · version {{version}}'],
  historical: ['历史版本', 'historical'],
  historicalText: [
    '随平台附带的历史版本，供测算、比较和演示。标“我们的默认”的口径，原文没有规定。',
    'A historical version that comes with the platform, for estimates, comparison and demonstration. Readings marked as ours are not in the text.',
  ],
  superseded: ['已由 {{version}} 版替代', 'Replaced by version {{version}}'],
  edit: ['修改', 'Change it'],
  copy: ['以此起草新版本', 'Draft a new version from it'],
  propose: ['送审', 'Propose it'],
  proposeText: ['由另一人批准；每个口径都要有依据', 'Another person approves it; every reading needs its basis'],
  approve: ['批准', 'Approve it'],
  approveText: ['起草、修改或送审的人不能批准', 'Whoever wrote or proposed it may not approve it'],
  publish: ['发布', 'Publish it'],
  publishText: ['发布后不再改动，所有人可见', 'From then on it never changes, and everybody sees it'],
  round: ['开申报批次', 'Open a round'],
  roundText: ['按这个版本受理申报', 'Claims are filed under this version'],
  discard: ['废弃', 'Discard'],
  giveBack: ['退回', 'Give back'],
  end: ['提前截止', 'End it sooner'],
});

type Policy = Api['PolicyPage'];

/** One version of a policy: its text, each reading with its basis, and for the bureau its way to publication. */
export function PolicyPage() {
  const { scheme = '', version = '' } = useParams();
  const language = useLanguage();
  const page = useGet('/api/policies/{scheme}/{version}', { path: { scheme, version }, query: { language } });
  return <Read query={page}>{(policy) => <Page of={policy} />}</Read>;
}

function Page({ of }: { of: Policy }) {
  const t = words.use();
  const label = useLabels();
  const [act, setAct] = useState<PolicyAct>();
  const { terms, version, state, historical, supersededBy, steps } = of;
  return (
    <ObjectPage
      kind={t('kind', { version })}
      title={terms.title}
      state={historical ? <Tag>{t('historical')}</Tag> : <StateTag kind="policy-state" value={state} />}
      next={useNext(of, setAct)}
      story={steps
        ?.map(({ step, by, at, reason, document }, index) => ({
          key: String(index),
          at,
          who: by,
          what: label('policy-step', step),
          why: [document, reason].filter(Boolean).join(' · ') || undefined,
        }))
        .reverse()}
    >
      <div className="stacked-parts">
        {historical && <Alert type="info" showIcon title={t('historicalText')} />}
        {supersededBy && (
          <Alert
            type="warning"
            showIcon
            title={
              <Link to={policyPath({ scheme: of.scheme, version: supersededBy })}>
                {t('superseded', { version: supersededBy })}
              </Link>
            }
          />
        )}
        <PolicyText of={of} />
      </div>
      {act && <PolicyDialog act={act} of={of} onClose={() => setAct(undefined)} />}
    </ObjectPage>
  );
}

function useNext(of: Policy, open: (act: PolicyAct) => void): NextStep | undefined {
  const t = words.use();
  const city = useStanding()?.city ?? false;
  if (!city) return undefined;
  const here = policyPath(of);
  const copy = `/policies/new?scheme=${encodeURIComponent(of.scheme)}&version=${encodeURIComponent(of.version)}`;
  const button = (act: PolicyAct, danger = true) => (
    <Button key={act} size="large" danger={danger} onClick={() => open(act)}>
      {t(act)}
    </Button>
  );
  const link = (to: string, text: string) => (
    <Link to={to}>
      <Button size="large">{text}</Button>
    </Link>
  );
  switch (of.state) {
    case 'draft':
      return {
        text: t('propose'),
        consequence: t('proposeText'),
        onPress: () => open('propose'),
        more: [<span key="edit">{link(`${here}/edit`, t('edit'))}</span>, button('discard')],
      };
    case 'proposed':
      return {
        text: t('approve'),
        consequence: t('approveText'),
        onPress: () => open('approve'),
        more: button('giveBack', false),
      };
    case 'approved':
      return {
        text: t('publish'),
        consequence: t('publishText'),
        onPress: () => open('publish'),
        more: button('giveBack', false),
      };
    case 'published':
      return {
        text: t('round'),
        consequence: t('roundText'),
        to: `/rounds/new?scheme=${encodeURIComponent(of.scheme)}&version=${encodeURIComponent(of.version)}`,
        more: [<span key="copy">{link(copy, t('copy'))}</span>, !of.historical && button('end')],
      };
    case 'discarded':
      return { text: t('copy'), to: copy };
  }
}
