/** The worker thread: answers the host's calls with the analysis, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { BackupPredictor } from '../backups/predictor.ts';
import type { RiskReport } from '../backups/report.ts';
import { renderReport } from '../exports/renderReport.ts';
import { writeAtomically } from '../files/writeAtomically.ts';
import type { AnalysisMethods, AnalysisThreadData } from '../protocol/analysis.ts';
import { connect, type NoMethods } from '../protocol/rpc.ts';
import { createAnalysis } from './analysis.ts';
import { studyInThread } from './studyElsewhere.ts';

const port = parentPort;
if (!port) throw new Error('The analysis thread was started as a program of its own.');

const given = workerData as AnalysisThreadData | null;
const analysis = createAnalysis(given ? studyInThread(given.studyScript) : undefined);
/** Trained for other extensions, oldest first; one that was let go is trained again when it is asked. */
const models = new Map<number, BackupPredictor>();
const modelsKept = 8;
let lastReport: RiskReport | null = null;
connect<NoMethods, AnalysisMethods>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.once('close', listener),
  },
  {
    async analyze(request, { signal, progress }) {
      lastReport = await analysis.analyze(request, { signal, onProgress: progress });
      const { jobs, ...head } = lastReport;
      return { ...head, jobCount: jobs.length };
    },
    jobReports: ({ from, count }) => lastReport?.jobs.slice(from, from + count) ?? [],
    series: (request) => analysis.series(request),
    async exportReport({ path, ...options }) {
      if (lastReport) await writeAtomically(path, await renderReport(lastReport, analysis, options), { mode: 0o644 });
      return null;
    },
    predict: (request) => analysis.predict(request),
    train({ model, records, zone, maxRisk }) {
      const predictor = new BackupPredictor({ zone, maxRisk });
      const { jobs } = predictor.trainFailurePredictionModel(records);
      models.set(model, predictor);
      if (models.size > modelsKept) models.delete(models.keys().next().value!);
      return { jobs: [...jobs.keys()] };
    },
    predictTrained: ({ model, plan, context }) => models.get(model)?.predictBackupFailure(plan, context) ?? null,
    detectAnomalies: ({ current, baseline }) => new BackupPredictor().detectAnomalies(current, baseline),
    predictSpaceNeeds: ({ historicalSizes, daysAhead }) =>
      new BackupPredictor().predictSpaceNeeds(historicalSizes, daysAhead),
    historicalBaseline: ({ records }) => new BackupPredictor().historicalBaseline(records),
  },
);
