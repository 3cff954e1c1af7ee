import type { Anomaly, JobSeries } from '../../src/backups/report.ts';
import type { PageContext } from '../pageContext.ts';
import type { ChartPanel } from './chartPanel.ts';
import { runsChart } from './runsChart.ts';

/** How many bytes each run added to the repository. */
export function addedChart(series: JobSeries, anomalies: readonly Anomaly[], context: PageContext): ChartPanel | null {
  const metric = { name: 'added', titleCode: 'report.chart.added', unit: 'bytes', fromZero: true } as const;
  return runsChart({ ...metric, values: ({ addedBytes }) => addedBytes }, series, anomalies, context);
}
