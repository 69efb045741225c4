import { Button, Input, InputNumber, Modal, Typography } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useGet, type ItemOf } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { holds } from './readers';
import './subsidies.css';

const words = defineWords('samples', {
  title: ['抽查', 'Samples'],
  back: ['回到申报批次', 'Back to the round'],
  note: [
    '从已拨付的申报中按公开的种子抽取；种子、抽取数和名单哈希都记录在案，谁都能重抽出同样的结果。',
    'Drawn from the paid claims by a public seed. Seed, number and hash of the list are recorded: anybody draws the same again.',
  ],
  draw: ['抽取', 'Draw'],
  drawText: ['抽出后不能更改，审计可重抽核对', 'It cannot be changed; the auditor draws it again'],
  seed: ['种子', 'Seed'],
  seedHelp: [
    '事先公布的，或没有人能预知的，如某日开奖号码',
    'Published beforehand, or what nobody could foresee, such as numbers of a lottery',
  ],
  count: ['抽几份', 'How many'],
  population: ['从几份中抽', 'Drawn from'],
  at: ['抽取时间', 'Drawn at'],
  empty: ['还没有抽查', 'No sample was drawn yet'],
});

type Sample = ItemOf<'/api/rounds/{round}/samples'>;

/** Samples of a round's paid claims, and another to draw. */
export function SamplesPage() {
  const t = words.use();
  const { round = '' } = useParams();
  const standing = useStanding();
  const [drawing, setDrawing] = useState(false);
  const samples = useGet('/api/rounds/{round}/samples', { path: { round } });
  const columns: Column<Sample>[] = [
    { key: 'seed', title: t('seed'), card: 'head', cell: ({ seed }) => seed },
    { key: 'count', title: t('count'), figure: true, cell: ({ count }) => count },
    { key: 'population', title: t('population'), figure: true, cell: ({ population }) => population },
    { key: 'at', title: t('at'), cell: ({ at }) => <Moment at={at} /> },
  ];
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to={`/rounds/${round}`} className="card-link secondary">
          ← {t('back')}
        </Link>
        <div className="list-head">
          <Typography.Title level={1}>{t('title')}</Typography.Title>
          {standing && holds(standing, 'city-officer', 'city-finance') && (
            <Button type="primary" className="no-print" onClick={() => setDrawing(true)}>
              {t('draw')}
            </Button>
          )}
        </div>
        <p className="secondary">{t('note')}</p>
      </header>
      <Read query={samples}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} />
          ) : (
            <Rows<Sample>
              caption={t('title')}
              items={items}
              rowKey={({ sample }) => sample}
              rowLink={({ sample }) => `/rounds/${round}/samples/${sample}`}
              columns={columns}
            />
          )
        }
      </Read>
      {drawing && <Draw round={round} onClose={() => setDrawing(false)} />}
    </div>
  );
}

function Draw({ round, onClose }: { round: string; onClose: () => void }) {
  const t = words.use();
  const go = useNavigate();
  const [sample] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/rounds/{round}/samples', {
    onDone: () => void go(`/rounds/${round}/samples/${sample}`),
  });
  return (
    <Modal open title={t('draw')} footer={null} onCancel={onClose} destroyOnHidden>
      <WriteForm<{ seed: string; count: number }>
        initial={{ count: 3 }}
        onSubmit={(body) => write.mutate({ path: { round }, body: { sample, ...body } })}
        pending={write.isPending}
        problem={write.error}
        submit={t('draw')}
        consequence={t('drawText')}
      >
        <Field name="seed" label={t('seed')} help={t('seedHelp')} required>
          <Input maxLength={100} />
        </Field>
        <Field name="count" label={t('count')} required>
          <InputNumber min={1} max={1_000} precision={0} />
        </Field>
      </WriteForm>
    </Modal>
  );
}
