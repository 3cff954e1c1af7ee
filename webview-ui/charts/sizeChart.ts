import type { Anomaly, JobSeries } from '../../src/backups/report.ts';
import type { PageContext } from '../pageContext.ts';
import type { ChartPanel } from './chartPanel.ts';
import { runsChart } from './runsChart.ts';

/** How much each run looked at; not from zero, because jumps and shrinks are what matters. */
export function sizeChart(series: JobSeries, anomalies: readonly Anomaly[], context: PageContext): ChartPanel | null {
  const metric = { name: 'size', titleCode: 'report.chart.size', unit: 'bytes', fromZero: false } as const;
  return runsChart({ ...metric, values: ({ sizeBytes }) => sizeBytes }, series, anomalies, context);
}
