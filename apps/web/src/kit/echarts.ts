import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

// Okabe and Ito's colours, which colour-blind readers tell apart.
const PALETTE = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#999999'];

/** Draws into the element and follows its width; gives the way to take it away. */
export function draw(
  element: HTMLElement,
  option: EChartsCoreOption,
  isDark: boolean,
  onMark: (mark: { name: string; seriesName?: string; dataIndex: number }) => void,
): () => void {
  const chart = init(element, isDark ? 'dark' : undefined, { renderer: 'canvas' });
  chart.setOption({
    color: PALETTE,
    backgroundColor: 'transparent',
    animation: false,
    // Patterns beside colours, for print and for eyes that see no difference.
    aria: { enabled: true, decal: { show: true } },
    // The other way of drawing tips writes style attributes, which the content security policy forbids.
    tooltip: { renderMode: 'richText' },
    ...option,
  });
  chart.on('click', ({ name, seriesName, dataIndex }) => onMark({ name, seriesName, dataIndex }));
  const follow = new ResizeObserver(() => chart.resize());
  follow.observe(element);
  return () => {
    follow.disconnect();
    chart.dispose();
  };
}
