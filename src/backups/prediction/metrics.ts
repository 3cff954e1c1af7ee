/** How good probabilities turned out to be, once the outcomes are known. */
import type { Metrics, ReliabilityBin } from '../report.ts';

const bins = 10;
/** Probabilities are scored as at least this far from 0 and 1, or one sure mistake would cost infinitely much. */
const smallestProbability = 1e-6;

/** Probabilities and outcomes (1 failed, 0 succeeded) of the same runs. */
export interface Scored {
  probabilities: ArrayLike<number>;
  labels: ArrayLike<number>;
}

/**
 * Log loss, Brier score and its skill against `baseRateBrier`, areas under the ROC and the precision–recall curve, and
 * expected calibration error over ten bins, all as scikit-learn defines them. Without runs every sum is 0.
 *
 * @example measure({ probabilities: [0.25, 0.75], labels: [0, 1] }, 0.25).brierSkill //=> 0.75
 */
export function measure({ probabilities, labels }: Scored, baseRateBrier: number): Metrics {
  const runs = labels.length;
  let logLoss = 0;
  let brier = 0;
  let failures = 0;
  for (let i = 0; i < runs; i++) {
    const probability = Math.min(1 - smallestProbability, Math.max(smallestProbability, probabilities[i]!));
    logLoss -= Math.log(labels[i] === 1 ? probability : 1 - probability);
    brier += (labels[i]! - probability) ** 2;
    failures += labels[i]!;
  }
  if (runs > 0) {
    logLoss /= runs;
    brier /= runs;
  }
  const curves = failures > 0 && failures < runs ? areasUnderCurves(probabilities, labels, failures) : null;
  const ece = reliabilityOf({ probabilities, labels }).reduce(
    (sum, bin) => sum + (bin.runs / runs) * Math.abs(bin.predicted - bin.observed),
    0,
  );
  return {
    runs,
    failures,
    logLoss,
    brier,
    brierSkill: baseRateBrier > 0 ? 1 - brier / baseRateBrier : 0,
    rocAuc: curves?.roc ?? null,
    prAuc: curves?.precisionRecall ?? null,
    ece,
  };
}

/** Ten bins of equal width, without the empty ones: what was predicted there and what came. */
export function reliabilityOf({ probabilities, labels }: Scored): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ runs: 0, predicted: 0, observed: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const bin = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    bin.runs++;
    bin.predicted += probabilities[i]!;
    bin.observed += labels[i]!;
  }
  return sums
    .filter(({ runs }) => runs > 0)
    .map(({ runs, predicted, observed }) => ({ predicted: predicted / runs, observed: observed / runs, runs }));
}

// Runs with the same probability form one group: their order says nothing.
function areasUnderCurves(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  failures: number,
): { roc: number; precisionRecall: number } {
  const order = Uint32Array.from(labels, (_, i) => i).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const successes = labels.length - failures;
  let roc = 0;
  let precisionRecall = 0;
  let hits = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    let groupHits = 0;
    while (end < order.length && probabilities[order[end]!] === probabilities[order[start]!]) {
      groupHits += labels[order[end++]!]!;
    }
    const groupMisses = end - start - groupHits;
    roc += groupMisses * (hits + groupHits / 2);
    hits += groupHits;
    precisionRecall += (groupHits / failures) * (hits / end);
  }
  return { roc: roc / (failures * successes), precisionRecall };
}
