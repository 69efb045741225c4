import { Button, Table } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { defineWords } from '../app/language';
import { useShade } from '../app/theme';
import type { EChartsCoreOption } from 'echarts/core';

const words = defineWords('chart', {
  table: ['看数据表', 'Show the figures'],
  chart: ['看图', 'Show the chart'],
});

type ChartProps = {
  /** The finding, as a sentence. */
  readonly title: ReactNode;
  /** Made of the same figures as the table. */
  readonly option: EChartsCoreOption;
  readonly figures: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
  /** Opens the rows behind a mark. */
  readonly onMark?: (mark: { readonly name: string; readonly seriesName?: string; readonly dataIndex: number }) => void;
  readonly height?: number;
};

/** A chart with its title, a table of the same figures, and the rows behind its marks. ECharts is fetched when one is shown. */
export function Chart({ title, option, figures, onMark, height = 320 }: ChartProps) {
  const t = words.use();
  const { isDark } = useShade();
  const place = useRef<HTMLDivElement>(null);
  const press = useRef(onMark);
  useEffect(() => {
    press.current = onMark;
  });
  const [asTable, setAsTable] = useState(false);
  useEffect(() => {
    if (asTable) return undefined;
    let gone = false;
    let end: (() => void) | undefined;
    void import('./echarts').then(({ draw }) => {
      if (!gone && place.current) end = draw(place.current, option, isDark, (mark) => press.current?.(mark));
    });
    return () => {
      gone = true;
      end?.();
    };
  }, [option, asTable, isDark]);
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong>
        <Button type="link" className="no-print" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart' : 'table')}
        </Button>
      </figcaption>
      {asTable ? (
        <Table
          size="small"
          pagination={false}
          scroll={{ x: 'max-content' }}
          rowKey={(row) => String(row.key)}
          columns={figures.columns.map((name, index) => ({
            title: name,
            dataIndex: String(index),
            align: index === 0 ? 'left' : 'right',
            className: index === 0 ? '' : 'figure',
          }))}
          dataSource={figures.rows.map((row, key) => ({
            key,
            ...Object.fromEntries(row.map((cell, index) => [String(index), cell])),
          }))}
        />
      ) : (
        <div ref={place} style={{ height }} role="img" aria-label={typeof title === 'string' ? title : undefined} />
      )}
    </figure>
  );
}
