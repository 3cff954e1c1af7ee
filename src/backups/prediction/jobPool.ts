/** What jobs teach each other: how often jobs fail here, and which signs have foretold it. */
import { FailureModel, rulePrior } from './failureModel.ts';
import type { JobForecaster } from './jobForecaster.ts';
import type { CoefficientPrior } from './logisticRegression.ts';
import { vaguePrior, type RatePrior } from './rule.ts';

/** A job's rate is worth half a vote at this many runs. */
const halfVoteRuns = 10;
/** Before jobs are compared, their rates are thought to differ by this standard deviation. */
const assumedSpread = 0.2;
const mostPriorRuns = 20;
/** Runs of each job that the common model learns from: more would only let the longest job speak for all. */
const runsOfEach = 300;
/** Jobs of one place differ less from each other than from the rule, by this factor. */
const kinship = 0.5;
/** The common model is believed from here on. */
const fewestJobs = 3;
const fewestRuns = 200;

/** What is known of jobs in general at some moment. */
export interface PoolKnowledge {
  rate: RatePrior;
  /** Null while too few jobs have been seen. */
  coefficients: CoefficientPrior | null;
}

interface Lesson {
  job: string;
  row: Float64Array;
  label: 0 | 1;
}

/** Learns from all jobs, and tells each one what the others teach. */
export class JobPool {
  readonly #model = new FailureModel();
  readonly #jobs = new Set<string>();
  #rows = 0;
  #waiting: Lesson[] = [];

  /** Takes in a run of a job, as it was described before it ran. */
  learn(job: string, earlierRuns: number, row: Float64Array, label: 0 | 1): void {
    if (earlierRuns >= runsOfEach) return;
    this.#jobs.add(job);
    this.#rows++;
    this.#waiting.push({ job, row: row.slice(), label });
  }

  /** Ends a slice of time: the common coefficients, and how widely single jobs are thought to lie around them. */
  closeSlice(): CoefficientPrior | null {
    teach(this.#model, this.#waiting);
    this.#waiting = [];
    return this.#priorOf(this.#model);
  }

  /** What `closeSlice` would give now; the slice stays open. */
  preview(): CoefficientPrior | null {
    const model = this.#model.copy();
    teach(model, this.#waiting);
    return this.#priorOf(model);
  }

  #priorOf(model: FailureModel): CoefficientPrior | null {
    if (this.#jobs.size < fewestJobs || this.#rows < fewestRuns) return null;
    return {
      means: model.coefficients.slice(),
      deviations: rulePrior().deviations.map((deviation) => kinship * deviation),
    };
  }

  /**
   * For each job, the failure rate that the others lead to expect: their mean, worth as many runs as fit how far they
   * are apart (beta-binomial, by moments), beside the one run of the vague prior.
   */
  static ratesOfOthers(jobs: Iterable<JobForecaster>): Map<string, RatePrior> {
    const votes = Array.from(jobs, ({ id, state: { rule } }) => ({
      id,
      rate: rule.baseRate(vaguePrior),
      weight: rule.runs / (rule.runs + halfVoteRuns),
    }));
    let weights = 0;
    let rates = 0;
    let squares = 0;
    for (const { rate, weight } of votes) {
      weights += weight;
      rates += weight * rate;
      squares += weight * rate * rate;
    }
    return new Map(
      votes.map(({ id, rate, weight }) => [
        id,
        priorFrom(weights - weight, rates - weight * rate, squares - weight * rate * rate),
      ]),
    );
  }
}

/** Job by job, so that it does not matter in which order their logs were read. */
function teach(model: FailureModel, lessons: readonly Lesson[]): void {
  const inOrder = lessons.toSorted((a, b) => (a.job < b.job ? -1 : a.job > b.job ? 1 : 0));
  for (const { row, label } of inOrder) model.learn(row, label);
}

function priorFrom(weight: number, rates: number, squares: number): RatePrior {
  if (weight < 0.5) return vaguePrior;
  const mean = rates / weight;
  const variance = (Math.max(squares - weight * mean * mean, 0) + assumedSpread ** 2) / (weight + 1);
  const fitting = Math.min(Math.max((mean * (1 - mean)) / variance - 1, 0), mostPriorRuns);
  const runs = vaguePrior.runs + fitting;
  return { rate: (vaguePrior.rate * vaguePrior.runs + mean * fitting) / runs, runs };
}
