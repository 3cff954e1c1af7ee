import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { ReportPanel } from '../report/reportPanel.ts';
import { jobIdOf } from './commandArguments.ts';

/** Opens the report, turned to a job if one is given; what has not been read yet is analyzed meanwhile. */
export function showRiskReport(monitor: RiskMonitor, panel: ReportPanel, argument: unknown): void {
  panel.show(jobIdOf(argument));
  if (monitor.report === null && !monitor.isAnalyzing) void monitor.refresh();
}
