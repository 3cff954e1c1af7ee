/** What a planned size or duration far above the usual does to the risk of a job. */
import { logistic } from './logistic.ts';

/** How far size and duration lie above the usual, in standard deviations; 0 where they do not, or are not known. */
export type Excess = readonly [size: number, duration: number];

/** Prior standard deviation of a coefficient, in log-odds for each deviation. */
const deviation = 0.35;

/**
 * Logistic regression on nothing but the excess, beside a probability that knows nothing of it, learned run by run as
 * `FailureModel` is. What a run turned out to take is known only afterwards, so it serves plans alone and never the
 * walk-forward predictions. A failure cuts a run short and never makes it larger: only an excess can be a cause, and it
 * never lowers the risk.
 */
export class ExcessModel {
  #size = 0;
  #duration = 0;
  #sizeVariance = deviation ** 2;
  #durationVariance = deviation ** 2;
  #covariance = 0;

  /**
   * Learns from one run.
   *
   * @param logOdds what was thought of the run before it was seen.
   */
  learn([size, duration]: Excess, logOdds: number, label: 0 | 1): void {
    if (size === 0 && duration === 0) return;
    const probability = logistic(logOdds + this.#size * size + this.#duration * duration);
    const sizeReach = this.#sizeVariance * size + this.#covariance * duration;
    const durationReach = this.#covariance * size + this.#durationVariance * duration;
    const curvature = probability * (1 - probability);
    const gain = 1 / (1 + curvature * (sizeReach * size + durationReach * duration));
    this.#size += sizeReach * gain * (label - probability);
    this.#duration += durationReach * gain * (label - probability);
    const shrink = curvature * gain;
    this.#sizeVariance -= shrink * sizeReach ** 2;
    this.#durationVariance -= shrink * durationReach ** 2;
    this.#covariance -= shrink * sizeReach * durationReach;
  }

  /**
   * The probability with the excess taken into account, 0 to 1, and the variance that this adds to its log-odds. What no
   * run of the job has tried draws it towards ½.
   *
   * @example new ExcessModel().ask([0, 0], -2) //=> { probability: 0.119, variance: 0 }
   */
  ask([size, duration]: Excess, logOdds: number): { probability: number; variance: number } {
    const variance =
      this.#sizeVariance * size ** 2 + 2 * this.#covariance * size * duration + this.#durationVariance * duration ** 2;
    const more = Math.max(0, this.#size) * size + Math.max(0, this.#duration) * duration;
    const damped = (logOdds + more) / Math.sqrt(1 + (Math.PI * variance) / 8);
    return { probability: logistic(Math.max(logOdds, damped)), variance };
  }
}
