import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { StateTag } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import './subsidies.css';

const words = defineWords('sample', {
  back: ['回到抽查', 'Back to the samples'],
  title: ['抽查 {{count}} 份', 'A sample of {{count}}'],
  same: ['按种子重抽，结果相同', 'Drawn again by its seed, it is the same'],
  other: ['按种子重抽，结果不同，请报告', 'Drawn again by its seed, it is another: report it'],
  seed: ['种子', 'Seed'],
  population: ['从几份中抽', 'Drawn from'],
  hash: ['名单哈希', 'Hash of the list'],
  at: ['抽取时间', 'Drawn at'],
  firm: ['企业', 'Firm'],
  state: ['状态', 'State'],
  granted: ['补助（元）', 'Granted (yuan)'],
  recovered: ['已追回（元）', 'Recovered (yuan)'],
  trail: ['审计轨迹', 'Audit trail'],
});

type Claim = Api['SampledClaim'];

/** One sample: what was drawn, by which seed, and whether it is drawn again the same. */
export function SamplePage() {
  const { round = '', sample = '' } = useParams();
  const found = useGet('/api/rounds/{round}/samples/{sample}', { path: { round, sample } });
  return <Read query={found}>{(of) => <Page round={round} of={of} />}</Read>;
}

function Page({ round, of }: { round: string; of: Api['SampleView'] }) {
  const t = words.use();
  const columns: Column<Claim>[] = [
    { key: 'firm', title: t('firm'), card: 'head', cell: ({ firm }) => firm.name ?? firm.enterprise },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="claim-state" value={state} />,
    },
    {
      key: 'granted',
      title: t('granted'),
      figure: true,
      cell: ({ granted }) => granted !== undefined && <Money amount={granted} />,
    },
    { key: 'recovered', title: t('recovered'), figure: true, cell: ({ recovered }) => <Money amount={recovered} /> },
    {
      key: 'trail',
      title: '',
      card: 'foot',
      cell: ({ claim }) => (
        <Link to={`/claims/${claim}/trail`} className="card-link">
          {t('trail')}
        </Link>
      ),
    },
  ];
  return (
    <ObjectPage
      kind={
        <Link to={`/rounds/${round}/samples`} className="card-link secondary">
          ← {t('back')}
        </Link>
      }
      title={t('title', { count: of.claims.length })}
    >
      <div className="stacked-parts">
        <Alert type={of.isReproduced ? 'success' : 'error'} showIcon title={t(of.isReproduced ? 'same' : 'other')} />
        <section className="panel">
          <Facts
            facts={[
              [t('seed'), of.seed],
              [t('population'), of.population],
              [t('at'), <Moment key="at" at={of.at} />],
              [t('hash'), <span className="break">{of.populationHash}</span>],
            ]}
          />
        </section>
        <Rows<Claim>
          caption={t('title', { count: of.claims.length })}
          items={of.claims}
          rowKey={({ claim }) => claim}
          rowLink={({ claim }) => `/claims/${claim}`}
          columns={columns}
        />
      </div>
    </ObjectPage>
  );
}
