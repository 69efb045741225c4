import { Tag } from 'antd';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { ExportMenu } from '../kit/export-menu';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { useAreas } from '../kit/reference';
import { Rows } from '../kit/rows';
import { sumOf } from '../orders/order-amounts';
import { percentText } from './percent';
import '../orders/orders.css';

const words = defineWords('round-funds', {
  heading: ['资金台账（元）', 'Fund ledger (yuan)'],
  level: ['承担', 'Borne by'],
  reserved: ['已占用', 'Held'],
  asked: ['按标准应补', 'Asked at the full rate'],
  short: ['超预算', 'beyond its budget'],
  byCounty: ['按企业所在地（元）', 'By the county of the firms (yuan)'],
  county: ['所在地', 'County'],
  claims: ['申报数', 'Claims'],
  sum: ['合计', 'In all'],
  shares: ['分担', 'Shares'],
  sharesText: ['市级 {{city}}，县级 {{county}}', 'city {{city}}, county {{county}}'],
  shortRule: ['资金不足时', 'Where money is short'],
  scales: ['核减比例', 'Scale'],
  others: ['其他', 'others'],
  undecided: ['还没会审的申报', 'Not jointly reviewed yet'],
  noneYet: ['还没有审定的申报', 'No claim was approved yet'],
});

/** A hook: what a level is called: the city, or a county by its name. */
export function useLevelName(): (level: string) => string {
  const label = useLabels();
  const { areaName } = useAreas();
  return (level) => (level === 'city' ? label('budget-level', level) : areaName(level));
}

type Level = Api['LedgerLineView'];
type County = Api['LedgerOfCountyView'];

/** 资金台账: what each level has, owes, paid and got back; and the same money by the county of the firms. */
export function RoundFunds({ of }: { of: Api['RoundFunds'] }) {
  const t = words.use();
  const label = useLabels();
  const levelName = useLevelName();
  const asked = new Map(of.asked.map((one) => [one.level, one]));
  const money = <T,>(key: keyof T & string, title = label('fund-ledger', key)): Column<T> => ({
    key,
    title,
    figure: true,
    cell: (row) => <Money amount={String(row[key])} />,
  });
  return (
    <>
      <section className="panel">
        <div className="list-head">
          <h2>{t('heading')}</h2>
          <div className="no-print">
            <ExportMenu path={`/api/rounds/${of.round}/funds/export`} />
          </div>
        </div>
        <Facts
          facts={[
            [
              t('shares'),
              t('sharesText', { city: percentText(of.shares.city), county: percentText(of.shares.county) }),
            ],
            [t('shortRule'), label('reading-budget-short', of.short)],
            [
              t('scales'),
              of.scales
                .map(({ county, scale }) => `${county ? levelName(county) : t('others')} ${percentText(scale)}`)
                .join('，'),
            ],
            [t('undecided'), of.undecided > 0 && of.undecided],
          ]}
        />
      </section>
      <Rows<Level>
        caption={t('heading')}
        items={of.levels}
        rowKey={({ level }) => level}
        columns={[
          { key: 'level', title: t('level'), card: 'head', cell: ({ level }) => levelName(level) },
          money('budget'),
          {
            key: 'asked',
            title: t('asked'),
            figure: true,
            cell: ({ level }) => {
              const one = asked.get(level);
              return (
                one && (
                  <>
                    {one.short && <Tag color="error">{t('short')}</Tag>}
                    <Money amount={one.asked} />
                  </>
                )
              );
            },
          },
          money('reserved', t('reserved')),
          money('approved'),
          money('passedDown'),
          money('paid'),
          money('offset'),
          money('recovered'),
          money('balance'),
        ]}
      />
      <section>
        <h2>{t('byCounty')}</h2>
        {of.counties.length === 0 ? (
          <p className="secondary">{t('noneYet')}</p>
        ) : (
          <>
            <Rows<County>
              caption={t('byCounty')}
              items={of.counties}
              rowKey={({ county }) => county}
              columns={[
                { key: 'county', title: t('county'), card: 'head', cell: ({ county }) => levelName(county) },
                { key: 'claims', title: t('claims'), figure: true, cell: ({ claims }) => claims },
                money('approved'),
                money('passedDown'),
                money('paid'),
                money('offset'),
                money('recovered'),
              ]}
            />
            <p className="sum-line">
              {t('sum')}：
              {(['approved', 'passedDown', 'paid', 'offset', 'recovered'] as const).map((key) => (
                <span key={key} className="sum-part">
                  {label('fund-ledger', key)} <Money amount={sumOf(of.counties.map((row) => row[key]))} />
                </span>
              ))}
            </p>
          </>
        )}
      </section>
    </>
  );
}
