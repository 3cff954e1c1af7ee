import type { RunSource } from '../../backups/run.ts';

/** The place in a log that a command's argument names: a tree item of a run or finding, or the place itself. */
export function sourceOf(argument: unknown): Pick<RunSource, 'path' | 'line' | 'endLine'> | null {
  const place = isRecord(argument) && isRecord(argument.source) ? argument.source : argument;
  if (!isRecord(place) || typeof place.path !== 'string') return null;
  const line = lineOf(place.line) ?? 1;
  return { path: place.path, line, endLine: Math.max(line, lineOf(place.endLine) ?? line) };
}

/** The id of the job that a command's argument names: a tree item of a job, or the id itself. */
export function jobIdOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  return isRecord(argument) && isRecord(argument.job) && typeof argument.job.id === 'string' ? argument.job.id : null;
}

/** The key of the concern that a command's argument names: a tree item of a finding, or a quick fix's argument. */
export function concernKeyOf(argument: unknown): string | null {
  return isRecord(argument) && typeof argument.concern === 'string' ? argument.concern : null;
}

function lineOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
