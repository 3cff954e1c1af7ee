import type { AnalysisWorker } from './analysis/analysisWorker.ts';
import type { RiskMonitor } from './analysis/riskMonitor.ts';
import type { BackupForesightApi } from './api.ts';

/** The API over a worker of its own, so that what other extensions analyze never mixes with what the views show. */
export function createApi(worker: AnalysisWorker, monitor: RiskMonitor): BackupForesightApi {
  return {
    version: 1,
    analyze: (paths) => worker.analyze({ paths: [...paths], options: monitor.options() }),
    predictBackupFailure: (plan, context) => worker.ask('predict', { plan, context: context ?? null }),
    predictFromRecords(records, plan, context = {}) {
      const { zone, maxRisk } = monitor.options();
      return worker.ask('predictFromRecords', { records, plan, context, zone, maxRisk });
    },
    detectAnomalies: (current, baseline) => worker.ask('detectAnomalies', { current, baseline }),
    predictSpaceNeeds: (historicalSizes, daysAhead) => worker.ask('predictSpaceNeeds', { historicalSizes, daysAhead }),
    historicalBaseline: (records) => worker.ask('historicalBaseline', { records }),
    decide: ({ decision }) => decision,
  };
}
