import type { AnalysisWorker } from './analysis/analysisWorker.ts';
import type { RiskMonitor } from './analysis/riskMonitor.ts';
import type { TrainingRecord } from '../backups/predictor.ts';
import type { BackupForesightApi, FailurePredictionModel } from './api.ts';
import type { Vault } from './snapshots/vault.ts';

const dayMs = 86_400_000;

/** The API over a worker of its own, so that what other extensions analyze never mixes with what the views show. */
export function createApi(worker: AnalysisWorker, monitor: RiskMonitor, vault: Vault): BackupForesightApi {
  return {
    version: 1,
    analyze: (paths) => worker.analyze({ paths: [...paths], options: monitor.options() }),
    predictBackupFailure: (plan, context) =>
      worker.ask('predict', { plan, context: context ?? null, options: monitor.options() }),
    trainFailurePredictionModel: (records) => train(worker, monitor, records),
    detectAnomalies: (current, baseline) => worker.ask('detectAnomalies', { current, baseline }),
    predictSpaceNeeds: (historicalSizes, daysAhead) => worker.ask('predictSpaceNeeds', { historicalSizes, daysAhead }),
    historicalBaseline: (records) => worker.ask('historicalBaseline', { records }),
    backupApplicationConfig: (name, config, encryptSensitive = true) =>
      vault.takeSnapshot('snapshotApplication', { name, config, encryptSensitive }),
    async listConfigBackups(type, days = Infinity) {
      if ((await vault.load()).kind === 'firstRun') return [];
      const since = Date.now() - days * dayMs;
      const rows = await vault.read('list', null);
      return rows.filter((row) => (type === undefined || row.type === type) && row.createdAt >= since);
    },
    verify: async () => ((await vault.load()).kind === 'firstRun' ? [] : vault.read('verify', null)),
    decide: ({ decision }) => decision,
  };
}

let lastModel = 0;

async function train(
  worker: AnalysisWorker,
  monitor: RiskMonitor,
  records: readonly TrainingRecord[],
): Promise<FailurePredictionModel> {
  const { zone, maxRisk } = monitor.options();
  const training = { model: ++lastModel, records: structuredClone(records), zone, maxRisk };
  const { jobs } = await worker.ask('train', training);
  return {
    jobs,
    async predictBackupFailure(plan, context = {}) {
      const question = { model: training.model, plan, context };
      for (;;) {
        const prediction = await worker.ask('predictTrained', question);
        if (prediction !== null) return prediction;
        await worker.ask('train', training);
      }
    },
  };
}
