import Decimal from 'decimal.js';
import type { EChartsCoreOption } from 'echarts/core';
import { withThousands } from '../kit/decimal-text';

type Series = { readonly name: string; readonly values: readonly (number | undefined)[] };

const GRID = { left: 8, right: 56, top: 28, bottom: 8, containLabel: true };

/** A period by the month and day it begins with. */
const beginning = (period: string): string => period.slice(5, 10);

/** Labels stand beside the marks: no legend to look up. */
const named = (name: string) => ({ endLabel: { show: true, formatter: name }, labelLayout: { moveOverlap: 'shiftY' } });

export const barsOverTime = (periods: readonly string[], series: readonly Series[]): EChartsCoreOption => ({
  grid: GRID,
  tooltip: { trigger: 'axis', renderMode: 'richText' },
  legend: undefined,
  xAxis: { type: 'category', data: periods, axisLabel: { formatter: beginning } },
  yAxis: { type: 'value', minInterval: 1 },
  series: series.map(({ name, values }) => ({
    type: 'bar',
    name,
    data: values.map((value, index) => ({
      value,
      label: { show: index === values.length - 1, position: 'top', formatter: name },
    })),
  })),
});

export const lineOverTime = (
  periods: readonly string[],
  series: readonly Series[],
  unit: string,
): EChartsCoreOption => ({
  grid: { ...GRID, right: 120 },
  tooltip: { trigger: 'axis', renderMode: 'richText' },
  xAxis: { type: 'category', data: periods, axisLabel: { formatter: beginning } },
  yAxis: { type: 'value', axisLabel: { formatter: `{value}${unit}` } },
  series: series.map(({ name, values }) => ({
    type: 'line',
    name,
    connectNulls: true,
    symbolSize: 8,
    data: values.map((value) => value ?? null),
    ...named(name),
  })),
});

const withMarks = (value: number): string => withThousands(String(value));

/** The largest on top, each with its figure beside it. */
export const barsByPlace = (
  places: readonly { readonly name: string; readonly value: number }[],
  axis: string,
): EChartsCoreOption => {
  const upwards = [...places].reverse();
  return {
    grid: { ...GRID, right: 96 },
    xAxis: { type: 'value', splitNumber: 3, axisLabel: { formatter: withMarks } },
    yAxis: { type: 'category', data: upwards.map(({ name }) => name), axisLabel: { width: 120, overflow: 'truncate' } },
    series: [
      {
        type: 'bar',
        data: upwards.map(({ value }) => value),
        name: axis,
        label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => withMarks(value) },
      },
    ],
  };
};

type Mark = {
  readonly area?: string;
  readonly industry?: string;
  readonly demands: number;
  readonly offerers: number;
  readonly awarded: string;
};
export type Place = {
  readonly code: string;
  readonly demands: number;
  readonly offerers: number;
  readonly awarded: string;
};

/** Marks of one place added up over their periods, the largest award first. */
export function placesByAmount(marks: readonly Mark[], by: 'area' | 'industry'): Place[] {
  const places = new Map<string, Place>();
  for (const mark of marks) {
    const code = mark[by] ?? '';
    const before = places.get(code) ?? { code, demands: 0, offerers: 0, awarded: '0' };
    places.set(code, {
      code,
      demands: before.demands + mark.demands,
      offerers: before.offerers + mark.offerers,
      awarded: new Decimal(before.awarded).plus(mark.awarded).toFixed(),
    });
  }
  return [...places.values()].sort(
    (one, other) => new Decimal(other.awarded).comparedTo(one.awarded) || other.demands - one.demands,
  );
}

/** A part of one as percent with one decimal. */
export const percentText = (part: string): string => `${new Decimal(part).times(100).toDecimalPlaces(1).toFixed()}%`;
