import type { SourceReport } from '../backups/report.ts';
import type { LogFileError } from '../files/logFileError.ts';

/** What a report says of a log that could not be read at all. */
export function unreadSource({ path, about }: LogFileError): SourceReport {
  const nothing = {
    format: 'unknown',
    runs: 0,
    leftOutRuns: 0,
    skippedLines: 0,
    firstSkippedLine: null,
    outcomes: 'complete',
  } as const;
  return { path, ...nothing, error: about };
}
