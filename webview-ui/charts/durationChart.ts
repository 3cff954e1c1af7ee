import type { Anomaly, JobSeries } from '../../src/backups/report.ts';
import type { PageContext } from '../pageContext.ts';
import type { ChartPanel } from './chartPanel.ts';
import { runsChart } from './runsChart.ts';

/** How long each run took, from zero: twice the height is twice the wait. */
export function durationChart(
  series: JobSeries,
  anomalies: readonly Anomaly[],
  context: PageContext,
): ChartPanel | null {
  const metric = { name: 'duration', titleCode: 'report.chart.duration', unit: 'duration', fromZero: true } as const;
  return runsChart({ ...metric, values: ({ durationMs }) => durationMs }, series, anomalies, context);
}
