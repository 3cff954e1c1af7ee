/** What a tool's exit code says about its run. */
import type { Outcome } from '../run.ts';

const partialCodes: Readonly<Record<string, (code: number) => boolean>> = {
  restic: (code) => code === 3,
  borg: (code) => code === 1 || (code >= 100 && code <= 127),
  rsync: (code) => code === 23 || code === 24,
  rsnapshot: (code) => code === 2,
};

/** Interrupted by a person (SIGINT); rsync says it with 20. */
const cancelledCodes: Readonly<Record<string, readonly number[]>> = { rsync: [20] };

/**
 * The outcome an exit code stands for. 0 is success, 130 (128 + SIGINT) is cancelled everywhere; what a tool documents as
 * "made, with something left out" is partial; every other code, known or not, is a failure.
 *
 * @example
 * outcomeOfExitCode('restic', 3) //=> 'partial'
 * outcomeOfExitCode('borg', 2) //=> 'failure'
 */
export function outcomeOfExitCode(tool: string, code: number): Outcome {
  if (code === 0) return 'success';
  if (code === 130 || cancelledCodes[tool]?.includes(code)) return 'cancelled';
  return partialCodes[tool]?.(code) ? 'partial' : 'failure';
}
