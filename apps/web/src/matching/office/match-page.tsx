import { Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useStanding } from '../../app/session';
import { Quantity } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { StateTag } from '../../kit/labels';
import { Facts, ObjectPage } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { Moment } from '../../kit/time';
import { Field, WriteForm } from '../../kit/write-form';
import { useStoryLines } from '../story';

const words = defineWords('match', {
  kind: ['对接', 'Match'],
  lead: ['龙头企业', 'Lead firm'],
  supplier: ['配套企业', 'Supplier'],
  since: ['首次报价', 'First offer'],
  awarded: ['中选份额', 'Shares'],
  none: ['未中选', 'None'],
  check: ['核查', 'Check'],
  checks: ['本对接的核查', 'Checks of this match'],
  open: ['开启核查', 'Open a check'],
  openText: [
    '记入对接的经过，两家企业会收到通知；可要求双方说明、附材料、下结论',
    'Becomes part of the story; both firms are told; ask for statements, attach findings, conclude',
  ],
  cause: ['核查原因', 'Cause'],
  listing: ['看需求', 'The listing'],
  opened: ['开启于', 'Opened'],
});

/** One lead-SME pair on a listing: its whole story, and the checks of it. */
export function MatchPage() {
  const { match = '' } = useParams();
  const page = useGet('/api/match-register/{match}', { path: { match } });
  return <Read query={page}>{(one) => <Page of={one} />}</Read>;
}

function Page({ of }: { of: Api['MatchView'] }) {
  const t = words.use();
  const standing = useStanding();
  const lines = useStoryLines(of.unit.name);
  const [opening, setOpening] = useState(false);
  const checks = useGet('/api/checks', { query: { match: of.match } });
  return (
    <ObjectPage
      title={of.product}
      kind={t('kind')}
      state={
        <Space>
          <StateTag kind="match-state" value={of.state} />
          {of.checkState && <StateTag kind="check-result" value={of.checkState} />}
        </Space>
      }
      next={
        standing?.office && of.checkState !== 'open'
          ? {
              text: t('open'),
              consequence: t('openText'),
              onPress: () => setOpening(true),
              more: <Link to={`/listings/${of.listing}`}>{t('listing')}</Link>,
            }
          : undefined
      }
      story={lines(of.story)}
    >
      <div className="panel">
        <Facts
          facts={[
            [t('lead'), <Firm key="lead" firm={of.lead} />],
            [t('supplier'), <Firm key="supplier" firm={of.supplier} />],
            [t('since'), <Moment key="since" at={of.since} />],
            [
              t('awarded'),
              of.shares.length === 0 ? (
                t('none')
              ) : (
                <ul className="plain" key="shares">
                  {of.shares.map(({ share, quantity, state }) => (
                    <li key={share}>
                      <Quantity quantity={quantity} unit={of.unit.name} /> <StateTag kind="share-state" value={state} />
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
      </div>
      {checks.data && checks.data.items.length > 0 && (
        <>
          <h2>{t('checks')}</h2>
          <ul className="plain">
            {checks.data.items.map(({ check, state, openedAt }) => (
              <li key={check}>
                <Link to={`/checks/${of.match}/${check}`}>
                  {t('opened')} <Moment at={openedAt} />
                </Link>{' '}
                <StateTag kind="check-result" value={state} />
              </li>
            ))}
          </ul>
        </>
      )}
      <OpenCheck of={of} isOpen={opening} onClose={() => setOpening(false)} />
    </ObjectPage>
  );
}

function OpenCheck({ of, isOpen, onClose }: { of: Api['MatchView']; isOpen: boolean; onClose: () => void }) {
  const t = words.use();
  const go = useNavigate();
  const [check] = useState(() => crypto.randomUUID());
  const open = useWrite('post', '/api/checks', { onDone: (made) => void go(`/checks/${made.match}/${made.check}`) });
  return (
    <Modal open={isOpen} title={t('open')} footer={null} onCancel={onClose} destroyOnHidden>
      <WriteForm<{ cause: string }>
        onSubmit={({ cause }) =>
          open.mutate({ body: { check, listing: of.listing, supplier: of.supplierRegistration, cause } })
        }
        pending={open.isPending}
        problem={open.error}
        submit={t('open')}
        consequence={t('openText')}
      >
        <Field name="cause" label={t('cause')} required>
          <Input.TextArea rows={4} maxLength={2000} />
        </Field>
      </WriteForm>
    </Modal>
  );
}
