import { Alert, Button, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Answer, Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useStanding } from '../../app/session';
import { StateTag, useChoices, useLabels } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { Moment } from '../../kit/time';
import { Field, WriteForm } from '../../kit/write-form';

const words = defineWords('checks', {
  title: ['核查', 'Checks'],
  pair: ['对接', 'Match'],
  state: ['结论', 'Result'],
  cause: ['缘由', 'Cause'],
  opened: ['开启', 'Opened'],
  answerBy: ['说明期限', 'Statements by'],
  by: ['承办', 'Opened by'],
  empty: [
    '没有核查。可在对接台账里对某个对接开启，或按种子抽取。',
    'No checks. Open one in the match register, or draw some by a seed.',
  ],
  draw: ['抽查', 'Draw'],
  drawText: [
    '按公布的种子从全部对接中抽取，任何人用同一种子可复算',
    'Drawn from all matches by a recorded seed; anybody can draw them again',
  ],
  seed: [
    '种子（事先公布，或取自无法预知的数，如彩票开奖号码）',
    'Seed (published beforehand, or numbers nobody could foresee)',
  ],
  count: ['抽取数量', 'How many'],
  drawn: ['从 {{population}} 个对接中抽出 {{count}} 个', '{{count}} drawn from {{population}} matches'],
  hash: ['总体摘要（SHA-256）', 'Hash of the population (SHA-256)'],
});

export function ChecksPage() {
  const t = words.use();
  const label = useLabels();
  const states = useChoices('check-result');
  const standing = useStanding();
  const [drawing, setDrawing] = useState(false);
  const officer = standing?.office ?? false;
  return (
    <>
      <ListPage
        name="checks"
        title={t('title')}
        path="/api/checks"
        filters={[{ key: 'state', label: t('state'), kind: 'choice', options: states }]}
        hiddenFilters={['match', 'enterprise']}
        rowKey={({ check }) => check}
        rowLink={({ match, check }) => `/checks/${match}/${check}`}
        empty={{ text: t('empty') }}
        exports={officer || standing?.auditor ? { path: '/api/checks/export' } : undefined}
        actions={
          officer && (
            <Button type="primary" onClick={() => setDrawing(true)}>
              {t('draw')}
            </Button>
          )
        }
        columns={[
          {
            key: 'pair',
            title: t('pair'),
            card: 'head',
            exports: ['lead', 'supplier'],
            cell: ({ lead, supplier }) => `${lead.name ?? lead.enterprise} — ${supplier.name ?? supplier.enterprise}`,
          },
          {
            key: 'state',
            title: t('state'),
            card: 'side',
            exports: ['checkState'],
            cell: ({ state }) => <StateTag kind="check-result" value={state} />,
            orders: { ascend: 'state', descend: '-state' },
          },
          { key: 'cause', title: t('cause'), cell: ({ cause }) => cause && label('check-cause', cause.kind) },
          {
            key: 'opened',
            title: t('opened'),
            exports: ['openedAt', 'concludedAt'],
            cell: ({ openedAt }) => <Moment at={openedAt} />,
            orders: { ascend: 'opened', descend: '-opened' },
          },
          {
            key: 'answerBy',
            title: t('answerBy'),
            exports: [],
            cell: ({ askings }) => askings.at(-1)?.answerBy,
            orders: { ascend: 'answer-by', descend: '-answer-by' },
          },
          { key: 'by', title: t('by'), exports: [], cell: ({ openedBy }) => openedBy?.name },
        ]}
      />
      <Draw isOpen={drawing} onClose={() => setDrawing(false)} />
    </>
  );
}

function Draw({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = words.use();
  const [draw, setDraw] = useState(() => crypto.randomUUID());
  const [made, setMade] = useState<Answer<'/api/checks/draws', 'post'>>();
  const write = useWrite('post', '/api/checks/draws', {
    onDone: (answer) => {
      setMade(answer);
      setDraw(crypto.randomUUID());
    },
  });
  const close = (): void => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal open={isOpen} title={t('draw')} footer={null} onCancel={close} destroyOnHidden>
      {made ? (
        <Alert
          type="success"
          showIcon
          title={t('drawn', { population: made.population, count: made.checks.length })}
          description={
            <>
              <p className="break">
                {t('hash')}：<code>{made.populationHash}</code>
              </p>
              <ul className="plain">
                {made.checks.map(({ match, check }, index) => (
                  <li key={check}>
                    <Link to={`/checks/${match}/${check}`}>{index + 1}</Link>
                  </li>
                ))}
              </ul>
            </>
          }
        />
      ) : (
        <WriteForm<Omit<Api['DrawForm'], 'draw'>>
          initial={{ count: 3 }}
          onSubmit={(body) => write.mutate({ body: { ...body, draw } })}
          pending={write.isPending}
          problem={write.error}
          submit={t('draw')}
          consequence={t('drawText')}
        >
          <Field name="seed" label={t('seed')} required>
            <Input maxLength={100} />
          </Field>
          <Field name="count" label={t('count')} required>
            <InputNumber min={1} max={200} />
          </Field>
        </WriteForm>
      )}
    </Modal>
  );
}
