import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Api } from '../api/client';
import { problemOf } from '../api/problem';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('claims-batch', {
  proposal: ['列入拟补助名单（{{count}}）', 'Propose them ({{count}})'],
  proposalText: [
    '作为同一次会审的一份名单；收款账户随即冻结',
    'As one list of one joint review; their accounts are frozen',
  ],
  notice: ['开始公示（{{count}}）', 'Start their public notice ({{count}})'],
  noticeText: ['一份公示，任何人可以看、可以提异议', 'One notice; anybody reads it and may object'],
  reason: ['理由（不写人名）', 'Reason (naming nobody)'],
  document: ['公示文号（可不填）', 'Number of the notice (if it has one)'],
  done: ['{{count}} 份办好了', '{{count}} are done'],
  left: ['{{count}} 份没有办成', '{{count}} are not'],
  see: ['看公示', 'See the notice'],
});

export type Batch = 'proposal' | 'notice';
type Chosen = readonly { readonly claim: string; readonly name: string }[];
type Result = { readonly claim: string; readonly done: boolean; readonly why?: string };

/** What is done with many claims at once; each has its own result, and a failed one leaves the others done. */
export function ClaimsBatch({ act, chosen, onDone }: { act: Batch; chosen: Chosen; onDone: () => void }) {
  const t = words.use();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" disabled={chosen.length === 0} onClick={() => setOpen(true)}>
        {t(act, { count: chosen.length })}
      </Button>
      <Modal
        open={open}
        title={t(act, { count: chosen.length })}
        footer={null}
        onCancel={() => {
          setOpen(false);
          onDone();
        }}
        destroyOnHidden
      >
        {act === 'proposal' ? <Propose chosen={chosen} /> : <Notice chosen={chosen} />}
      </Modal>
    </>
  );
}

function Propose({ chosen }: { chosen: Chosen }) {
  const t = words.use();
  const language = useLanguage();
  const [list] = useState(() => crypto.randomUUID());
  const [results, setResults] = useState<Result[]>();
  const [isBusy, setBusy] = useState(false);
  const write = useWrite('post', '/api/claims/{claim}/proposal');
  const send = async ({ reason }: { reason: string }): Promise<void> => {
    setBusy(true);
    const made: Result[] = [];
    for (const { claim } of chosen) {
      try {
        await write.mutateAsync({ path: { claim }, body: { reason, list } });
        made.push({ claim, done: true });
      } catch (error) {
        made.push({ claim, done: false, why: problemOf(error)[language] });
      }
    }
    setResults(made);
    setBusy(false);
  };
  if (results) return <Results chosen={chosen} results={results} />;
  return (
    <WriteForm<{ reason: string }>
      onSubmit={(typed) => void send(typed)}
      pending={isBusy}
      submit={t('proposal', { count: chosen.length })}
      consequence={t('proposalText')}
    >
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </WriteForm>
  );
}

function Notice({ chosen }: { chosen: Chosen }) {
  const t = words.use();
  const language = useLanguage();
  const [notice] = useState(() => crypto.randomUUID());
  const [lines, setLines] = useState<readonly Api['ClaimLineResult'][]>();
  const write = useWrite('post', '/api/notices', { onDone: (answer) => setLines(answer.lines) });
  if (lines) {
    const results = lines.map(({ claim, done, [language]: why }) => ({ claim, done, why }));
    return (
      <>
        <Results chosen={chosen} results={results} />
        {results.some(({ done }) => done) && (
          <Link to={`/notices/${notice}`} className="card-link">
            {t('see')}
          </Link>
        )}
      </>
    );
  }
  return (
    <WriteForm<{ document?: string }>
      onSubmit={({ document }) =>
        write.mutate({
          body: {
            notice,
            claims: chosen.map(({ claim }) => claim),
            ...(document?.trim() && { document: document.trim() }),
          },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('notice', { count: chosen.length })}
      consequence={t('noticeText')}
    >
      <Field name="document" label={t('document')}>
        <Input maxLength={100} />
      </Field>
    </WriteForm>
  );
}

function Results({ chosen, results }: { chosen: Chosen; results: readonly Result[] }) {
  const t = words.use();
  const left = results.filter(({ done }) => !done);
  const nameOf = (id: string): string => chosen.find(({ claim }) => claim === id)?.name ?? id;
  return (
    <Alert
      type={left.length > 0 ? 'warning' : 'success'}
      showIcon
      role="status"
      title={[
        t('done', { count: results.length - left.length }),
        ...(left.length > 0 ? [t('left', { count: left.length })] : []),
      ].join('，')}
      description={
        left.length > 0 && (
          <ul className="faults">
            {left.map(({ claim, why }) => (
              <li key={claim}>{[nameOf(claim), why].filter(Boolean).join('：')}</li>
            ))}
          </ul>
        )
      }
    />
  );
}
