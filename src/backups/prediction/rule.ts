/** The rule: how often a job failed lately, drawn towards how often it fails at all. It needs no training. */
import { DecayingRate } from './decayingRate.ts';

/** Runs that are remembered one by one. */
const recentRuns = 10;
/** Runs at the base rate that are thought to stand beside them. */
const pseudoRuns = 4;

/**
 * Failure rate of the last ten runs, shrunk by four pseudo-runs to the rate of all runs, which itself starts from a
 * prior (half a failure in one run, or what the neighbours teach). Updates in constant time.
 */
export class RecencyRule {
  readonly all = new DecayingRate(0);
  readonly #recent: number[] = [];
  #recentFailures = 0;

  add(label: 0 | 1): void {
    this.all.add(label);
    this.#recent.push(label);
    this.#recentFailures += label;
    if (this.#recent.length > recentRuns) this.#recentFailures -= this.#recent.shift()!;
  }

  get recent(): { failures: number; runs: number } {
    return { failures: this.#recentFailures, runs: this.#recent.length };
  }

  /** Failure rate over all runs; with none, the prior's. */
  baseRate(prior: RatePrior): number {
    return this.all.shrunk(prior.rate, prior.runs);
  }

  /**
   * Failure probability of the next run, 0 to 1, never either.
   *
   * @param reportedFailures failures known only by their number; they are thought to lie among the last ten runs.
   */
  probability(prior: RatePrior, reportedFailures = 0): number {
    const reported = Math.min(Math.max(reportedFailures, 0), recentRuns);
    const reportedRuns = reported > 0 ? recentRuns : 0;
    const failures = this.#recentFailures + reported + pseudoRuns * this.baseRate(prior);
    return failures / (this.#recent.length + reportedRuns + pseudoRuns);
  }

  /** How many runs the probability rests on, for its uncertainty. */
  get weight(): number {
    return this.#recent.length + pseudoRuns;
  }
}

/** What is believed of a failure rate before a job's own runs: a rate, and how many runs that belief is worth. */
export interface RatePrior {
  /** 0 to 1. */
  rate: number;
  runs: number;
}

/** Knows nothing: half a failure in one run (Jeffreys). */
export const vaguePrior: RatePrior = { rate: 0.5, runs: 1 };
