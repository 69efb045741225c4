import Decimal from 'decimal.js';
import type { EChartsCoreOption } from 'echarts/core';
import { withThousands } from '../kit/decimal-text';

type Series = { readonly name: string; readonly values: readonly (number | undefined)[] };

/** First and last day. */
type Days = { readonly from: string; readonly to: string };
export type Period = Days & { readonly bucket: 'day' | 'week' | 'month' };

const DAY = 86_400_000;

function nextBeginning(time: number, bucket: Period['bucket']): number {
  const date = new Date(time);
  if (bucket === 'day') return time + DAY;
  if (bucket === 'week') return time + (7 - ((date.getUTCDay() + 6) % 7)) * DAY;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/**
 * Every day, week or month of the time asked for, with its mark where there is one: a chart that left out the empty ones
 * would draw far ones as neighbours.
 */
export function everyPeriod<M extends Days>(
  { from, to, bucket }: Period,
  marks: readonly M[],
): (Days & { mark?: M })[] {
  const known = new Map(marks.map((mark) => [mark.from, mark]));
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const periods: (Days & { mark?: M })[] = [];
  const last = Date.parse(to);
  for (let time = Date.parse(from); time <= last; time = nextBeginning(time, bucket)) {
    const mark = known.get(day(time));
    periods.push({
      from: day(time),
      to: day(Math.min(nextBeginning(time, bucket) - DAY, last)),
      ...(mark && { mark }),
    });
  }
  return periods;
}

const GRID = { left: 8, right: 24, top: 40, bottom: 8, containLabel: true };

/** A period by the month and day it begins with. */
const beginning = (period: string): string => period.slice(5, 10);

const periodAxis = (periods: readonly string[]) => ({
  type: 'category',
  data: periods,
  axisLabel: { formatter: beginning, hideOverlap: true },
});

/** Above the chart, where bars of any height leave room for names. */
const NAMES = { top: 0, left: 8, selectedMode: false };

export const barsOverTime = (periods: readonly string[], series: readonly Series[]): EChartsCoreOption => ({
  grid: GRID,
  tooltip: { trigger: 'axis', renderMode: 'richText' },
  legend: NAMES,
  xAxis: periodAxis(periods),
  yAxis: { type: 'value', minInterval: 1 },
  series: series.map(({ name, values }) => ({ type: 'bar', name, data: values.map((value) => value ?? 0) })),
});

export const lineOverTime = (
  periods: readonly string[],
  series: readonly Series[],
  unit: string,
): EChartsCoreOption => ({
  grid: GRID,
  tooltip: { trigger: 'axis', renderMode: 'richText' },
  legend: NAMES,
  xAxis: periodAxis(periods),
  yAxis: { type: 'value', axisLabel: { formatter: `{value}${unit}` } },
  series: series.map(({ name, values }) => ({
    type: 'line',
    name,
    connectNulls: true,
    symbolSize: 8,
    data: values.map((value) => value ?? null),
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
    grid: { ...GRID, top: 16, right: 96 },
    // A phone has room for two or three figures of seven digits.
    xAxis: { type: 'value', splitNumber: 2, axisLabel: { formatter: withMarks, hideOverlap: true } },
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

/** Sums of the largest amounts have more digits than the usual 20. */
export const Exact = Decimal.clone({ precision: 60 });

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
      awarded: new Exact(before.awarded).plus(mark.awarded).toFixed(),
    });
  }
  return [...places.values()].sort(
    (one, other) => new Decimal(other.awarded).comparedTo(one.awarded) || other.demands - one.demands,
  );
}

/** A part of one as percent with one decimal. */
export const percentText = (part: string): string => `${new Decimal(part).times(100).toDecimalPlaces(1).toFixed()}%`;
