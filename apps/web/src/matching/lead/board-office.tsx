import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, type Api } from '../../api/client';
import { problemOf, type Problem } from '../../api/problem';
import { defineWords } from '../../app/language';
import { Trouble } from '../../kit/page-state';
import { AwardTable } from './award-table';

const words = defineWords('board-office', {
  hidden: [
    '落选报价的价格不直接显示。写明用途后可看，查看会记录在审计可见处。',
    'Losing prices are not shown at once. Say what for; that you looked is recorded where the auditor sees it.',
  ],
  look: ['查看报价', 'Show the offers'],
  reason: ['查看用途', 'What for'],
  example: ['例如：抽查定标价格', 'e.g. spot check of the award'],
  register: ['对接台账', 'Match register'],
});

/** For an office or the auditor: who offered; what they offered only for a reason, asked for each time. */
export function BoardOffice({ view, board }: { view: Api['ListingView']; board: Api['BoardView'] }) {
  const t = words.use();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState<Api['BoardView']>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { listing } = view;
  // Read once and not kept up to date: every reading is a look, and is recorded as one.
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      setSeen(
        await call('get', '/api/listings/{listing}/offers', { path: { listing }, query: { reason: reason.trim() } }),
      );
      setAsking(false);
      setProblem(undefined);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {!seen && (
        <Alert type="info" title={t('hidden')} action={<Button onClick={() => setAsking(true)}>{t('look')}</Button>} />
      )}
      <AwardTable terms={view.terms} offers={(seen ?? board).offers} />
      <p>
        <Link to={`/matches?listing=${listing}`}>{t('register')}</Link>
      </p>
      <Modal
        open={asking}
        title={t('look')}
        okText={t('look')}
        okButtonProps={{ disabled: reason.trim() === '' }}
        confirmLoading={busy}
        onOk={() => void look()}
        onCancel={() => setAsking(false)}
      >
        <p className="secondary">{t('hidden')}</p>
        <Input
          maxLength={500}
          aria-label={t('reason')}
          placeholder={t('example')}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {problem && <Trouble problem={problem} />}
      </Modal>
    </>
  );
}
