/** The rule: how often a job failed lately, over several memories at once. It needs no training. */
import { DecayingRate } from './decayingRate.ts';

/** What is believed of a failure rate before a job's own runs: a rate, and how many runs that belief is worth. */
export interface RatePrior {
  /** 0 to 1. */
  rate: number;
  runs: number;
}

/** Knows nothing: half a failure in one run (Jeffreys' prior, the Krichevsky–Trofimov estimator). */
export const vaguePrior: RatePrior = { rate: 0.5, runs: 1 };

/** Share of the past that each fading memory forgets with a run: everything is kept, or about 20, 10 or 5 runs are. */
const forgetting = [0, 0.05, 0.1, 0.2];
/** The next memory: ten runs one by one, shrunk to the base rate by four. */
const recentRuns = 10;
const pseudoRuns = 4;
/** The last one: what followed an outcome like the last. Of it, about fifty runs are kept. */
const outcomeForget = 0.02;
/** Trust in each memory at first. */
const firstTrust = partsOfOne([...forgetting.map(() => 1), 1, 0.3]);
/** Part of the trust that is handed out anew after each run: what was best may change. */
const renewed = 0.02;

/**
 * Failure rates over four fading memories, over the last ten runs, and after outcomes like the last one, each trusted
 * by how well it has predicted so far (Bayes' rule with a fixed share, Herbster and Warmuth 1998). Updates in constant
 * time.
 */
export class RecencyRule {
  readonly #memories = forgetting.map((forget) => new DecayingRate(forget));
  readonly #afterOutcome = [new DecayingRate(outcomeForget), new DecayingRate(outcomeForget)];
  readonly #trust = firstTrust.slice();
  readonly #said = new Float64Array(firstTrust.length);
  readonly #recent = new Uint8Array(recentRuns);
  #recentFailures = 0;
  #last: 0 | 1 | null = null;
  runs = 0;
  failures = 0;

  /** Learns from a run; the prior is the one under which it was predicted. */
  add(label: 0 | 1, prior: RatePrior): void {
    this.#ask(prior);
    const trust = this.#trust;
    let total = 0;
    for (let k = 0; k < trust.length; k++) {
      trust[k]! *= label === 1 ? this.#said[k]! : 1 - this.#said[k]!;
      total += trust[k]!;
    }
    for (let k = 0; k < trust.length; k++) trust[k] = (1 - renewed) * (trust[k]! / total) + renewed * firstTrust[k]!;
    for (const memory of this.#memories) memory.add(label);
    if (this.#last !== null) this.#afterOutcome[this.#last]!.add(label);
    this.#last = label;
    const place = this.runs % recentRuns;
    this.#recentFailures += label - this.#recent[place]!;
    this.#recent[place] = label;
    this.runs++;
    this.failures += label;
  }

  /** The last ten runs. */
  get recent(): { failures: number; runs: number } {
    return { failures: this.#recentFailures, runs: Math.min(this.runs, recentRuns) };
  }

  /** Failure rate over all runs; with none, the prior's. */
  baseRate(prior: RatePrior): number {
    return (this.failures + prior.rate * prior.runs) / (this.runs + prior.runs);
  }

  /**
   * Failure probability of the next run, 0 to 1, never either. A job that has only ever ended one way has no rhythm
   * yet: there, the last ten runs speak alone. Before ten runs a rhythm is guesswork: there, the base rate does.
   */
  probability(prior: RatePrior): number {
    if (this.#isOneWay) return this.#ofRecent(prior);
    if (this.runs < recentRuns) return this.baseRate(prior);
    this.#ask(prior);
    let sum = 0;
    for (let k = 0; k < this.#trust.length; k++) sum += this.#trust[k]! * this.#said[k]!;
    return sum;
  }

  /** How many runs the probability rests on, for its uncertainty: what the trusted memories hold, or all. */
  get weight(): number {
    if (this.#isOneWay || this.runs < recentRuns) return this.runs;
    const { runs } = this.recent;
    const after = this.#last === null ? 0 : this.#afterOutcome[this.#last]!.runs;
    const held = [...this.#memories.map((memory) => memory.runs), runs + pseudoRuns, after];
    return held.reduce((sum, count, k) => sum + this.#trust[k]! * (count + 1), 0);
  }

  /**
   * What part of the runs that speak of the recent rate are failures the logs do not tell of, 0 to 1: each takes the
   * place of a run of which nothing is known.
   *
   * @param reportedFailures among the last ten runs, as told by whoever asks; anything but a number tells nothing.
   */
  untoldFailures(reportedFailures: number): number {
    const untold = Math.min(reportedFailures, recentRuns) - this.#recentFailures;
    return untold > 0 ? untold / (recentRuns + pseudoRuns) : 0;
  }

  get #isOneWay(): boolean {
    return this.failures === 0 || this.failures === this.runs;
  }

  /** Fills in what each memory says of the next run. */
  #ask(prior: RatePrior): void {
    const { rate, runs } = prior;
    const said = this.#said;
    const fading = this.#memories.length;
    for (let k = 0; k < fading; k++) said[k] = this.#memories[k]!.shrunk(rate, runs);
    said[fading] = this.#ofRecent(prior);
    said[fading + 1] = this.#last === null ? rate : this.#afterOutcome[this.#last]!.shrunk(rate, runs);
  }

  #ofRecent(prior: RatePrior): number {
    const known = Math.min(this.runs, recentRuns);
    return (this.#recentFailures + pseudoRuns * this.baseRate(prior)) / (known + pseudoRuns);
  }
}

function partsOfOne(parts: readonly number[]): Float64Array {
  const whole = parts.reduce((sum, part) => sum + part);
  return Float64Array.from(parts, (part) => part / whole);
}
