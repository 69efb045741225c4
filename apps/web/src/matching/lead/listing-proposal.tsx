import { Alert, App, Button, Space } from 'antd';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { withThousands } from '../../kit/decimal-text';
import { useLabels } from '../../kit/labels';
import { Trouble } from '../../kit/page-state';
import { Moment } from '../../kit/time';
import { ChangedTerms } from './listing-changes';

const words = defineWords('proposal', {
  publish: ['待批准：发布', 'Waits for approval: publication'],
  amend: ['待批准：修改条款', 'Waits for approval: amendment'],
  award: ['待批准：定标', 'Waits for approval: award'],
  by: ['{{name}} 提出', 'proposed by {{name}}'],
  own: ['您提出的，须由另一位同事批准。', 'You proposed it; another person of your firm must approve it.'],
  approve: ['批准', 'Approve'],
  withdraw: ['撤回', 'Withdraw'],
  publishDone: ['批准后立刻发布，符合可见范围的企业都能看到。', 'Once approved it is published to whom it is visible.'],
  amendDone: [
    '批准后立刻生效，已报价的企业都会收到通知。',
    'Once approved it holds, and everyone who offered is told.',
  ],
  awardDone: [
    '批准后中选企业立刻收到通知，开始计接单期限。',
    'Once approved the chosen firms are told and their term begins.',
  ],
  approved: ['已批准', 'Approved'],
  withdrawn: ['已撤回', 'Withdrawn'],
  share: ['{{who}}：{{quantity}} {{unit}}，理由：{{reason}}', '{{who}}: {{quantity}} {{unit}}; reason: {{reason}}'],
});

type Props = { readonly view: Api['ListingView']; readonly offers?: readonly Api['BoardOfferView'][] };

/** What one person of the firm has proposed and another one decides. */
export function ListingProposal({ view, offers = [] }: Props) {
  const t = words.use();
  const label = useLabels();
  const { message } = App.useApp();
  const { account, party } = useSignedIn();
  const { listing, terms, proposal } = view;
  const approve = useWrite('post', '/api/listings/{listing}/proposals/{proposal}/approval', {
    onDone: () => void message.success(t('approved')),
  });
  const drop = useWrite('delete', '/api/listings/{listing}/proposals/{proposal}', {
    onDone: () => void message.success(t('withdrawn')),
  });
  if (!proposal) return null;
  const path = { listing, proposal: proposal.proposal };
  const own = proposal.account === account;
  const problem = approve.error ?? drop.error;
  const names = new Map(offers.map(({ offer, supplier }) => [offer, supplier.name ?? supplier.enterprise]));
  return (
    <Alert
      type="warning"
      showIcon
      className="listing-proposal"
      title={t(proposal.act)}
      description={
        <>
          <p>
            <Moment at={proposal.at} />
            {proposal.name && ` · ${t('by', { name: proposal.name })}`}
          </p>
          {proposal.terms && <ChangedTerms before={terms} after={proposal.terms} />}
          {proposal.shares && (
            <ul className="faults">
              {proposal.shares.map(({ share, offer, quantity, reason, reasonText }) => (
                <li key={share}>
                  {t('share', {
                    who: names.get(offer) ?? '—',
                    quantity: withThousands(quantity),
                    unit: terms.unit?.name ?? '',
                    reason: reasonText ?? label('award-reason', reason),
                  })}
                </li>
              ))}
            </ul>
          )}
          <p>{own ? t('own') : t(`${proposal.act}Done`)}</p>
          {problem && <Trouble problem={problem} />}
          {party?.innerRole !== 'viewer' && (
            <Space wrap>
              {!own && (
                <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate({ path })}>
                  {t('approve')}
                </Button>
              )}
              <Button loading={drop.isPending} onClick={() => drop.mutate({ path })}>
                {t('withdraw')}
              </Button>
            </Space>
          )}
        </>
      }
    />
  );
}
