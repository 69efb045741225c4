import type { EChartsCoreOption } from 'echarts/core';
import { withThousands } from '../kit/decimal-text';

export type Bar = { readonly name: string; readonly amount: string; readonly applications: number };

const grouped = (value: number): string => withThousands(String(value));

/** Amounts beside each other, the first on top; those below zero to the left. `unit` names the axis. */
export const signedBars = (bars: readonly Bar[], unit: string): EChartsCoreOption => {
  const upwards = [...bars].reverse();
  return {
    grid: { left: 8, right: 96, top: 16, bottom: 24, containLabel: true },
    xAxis: {
      ...{ type: 'value', name: unit, nameLocation: 'middle', nameGap: 28, splitNumber: 2 },
      axisLabel: { formatter: grouped, hideOverlap: true },
    },
    yAxis: {
      ...{ type: 'category', data: upwards.map(({ name }) => name) },
      // Names stand at the edge and not on the bars that go to the left.
      axisLine: { onZero: false },
      axisLabel: { width: 112, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        name: unit,
        data: upwards.map(({ amount }) => Number(amount)),
        label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => grouped(value) },
      },
    ],
  };
};
