import { createLogParser, type ParsedLog } from '../../../../src/backups/logs/parseLog.ts';
import type { BackupRun } from '../../../../src/backups/run.ts';

/** Parses a text as a log of a given name, last written on 24 November 2026. */
export function parseText(text: string, path = 'backup.log', zone = 'UTC'): ParsedLog {
  const parser = createLogParser({ path, zone, fileTimeMs: Date.UTC(2026, 10, 24) });
  parser.push(Buffer.from(text));
  return parser.snapshot();
}

/** A run in one line, for tests to compare: `success 2026-06-01T02:00:03Z 72s lines 1-3`. */
export function inShort(run: BackupRun): string {
  const start = run.startedAt === null ? 'no time' : new Date(run.startedAt).toISOString().replace(/\.000Z$/, 'Z');
  const took = run.durationMs === null ? '' : ` ${run.durationMs / 1000}s`;
  return `${run.outcome} ${start}${took} lines ${run.source.line}-${run.source.endLine}`;
}

/** How the runs that lines tell of ended, and on which lines each stands: `success 1-3`. */
export function outcomesOf(...lines: string[]): string[] {
  return parseText(`${lines.join('\n')}\n`).runs.map(
    ({ outcome, source }) => `${outcome} ${source.line}-${source.endLine}`,
  );
}
