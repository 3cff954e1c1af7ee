import type { BackupKind, Outcome } from '../run.ts';
import { openListing, listingOf, type Listing } from './listing.ts';
import { parseDuration, parseGrouped } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'bacula';

/**
 * Bacula and Bareos: the report that ends each job, in the log, in a mail or on the console. Jobs run side by side, and only
 * their reports tell how they ended.
 */
export const bacula: LogReader = {
  tool,
  failures: [
    ['network', /Unable to connect to|Network error|Bad response to|Connection (?:timed out|refused)/i],
    ['sourceMissing', /Could not stat|Cannot open .{1,300}No such file/i],
  ],
  readLine(line, log) {
    const said = message.exec(line);
    if (said) {
      // What a job says before its report is nobody else's, and no script's start or end.
      const reason = trouble.exec(said[2]!)?.[1];
      if (reason !== undefined) know(log, { failedJob: said[1]!, reason: reason.slice(0, 500) });
      return true;
    }
    const found = field.exec(line);
    return found !== null && takeField(found[1]!, found[2]!.trim(), log);
  },
};

/** `05-Jan 02:17 nas-dir JobId 42: Start Backup JobId 42, Job=tea.2026-01-05_02.17.00_03` */
const message = /^(?:\d{2}-\S{3,5}(?:-\d{2,4})? \d{2}:\d{2}(?::\d{2})? )?\S{1,100} JobId (\d{1,10}): (.*)$/;
const trouble = /^(?:Fatal error|Error): (.{1,2000})$/;
const field =
  /^ {0,8}(JobId|Job|Backup Level|Scheduled time|Start time|End time|Elapsed time|(?:FD )?Files Written|(?:FD )?Bytes Written|Termination): (.{1,300})$/;
/** By these a report is known; a script may say the others as well. */
const ofReports = /^(?:JobId|Backup Level|Scheduled time)$/;
const longestReport = 80;
const shortYear = /^(\d{2}-\S{3,5}-)(\d{2})(?= )/;
const stampOfJob = /\.\d{4}-\d{2}-\d{2}_\d{2}\.\d{2}\.\d{2}(?:_\d{1,4})?$/;
const terminations = new Map<string, Outcome>(
  Object.entries({
    'Backup OK': 'success',
    'Backup OK -- with warnings': 'partial',
    '*** Backup Error ***': 'failure',
    'Backup Error': 'failure',
    'Backup Canceled': 'cancelled',
  }),
);
const kinds: readonly (readonly [RegExp, BackupKind])[] = [
  [/^(?:Virtual)?Full/, 'full'],
  [/^Differential/, 'differential'],
  [/^Incremental/, 'incremental'],
];

function know(log: RunAssembler, facts: Listing['head']): void {
  const listing = listingOf(log, tool);
  if (!listing) openListing(log, tool, facts);
  else log.listing = { ...listing, head: { ...listing.head, ...facts } };
}

function takeField(name: string, value: string, log: RunAssembler): boolean {
  // A number says that a report begins, though the last one never ended.
  const open = reportOf(log);
  if (open !== null && (name === 'JobId' ? open.JobId !== undefined : log.line - Number(open.line) > longestReport))
    endReport(log);
  const head = reportOf(log);
  if (head === null && !ofReports.test(name)) return false;
  if (name === 'Termination') return addReport(value, head!, log);
  know(log, head === null ? { line: log.line, [name]: value } : { [name]: value });
  return true;
}

/** What is known of the report that is being read; null outside of one. */
function reportOf(log: RunAssembler): Listing['head'] | null {
  const head = listingOf(log, tool)?.head;
  return head?.line === undefined ? null : head;
}

/** What came before a report stays known: why its job failed. */
function endReport(log: RunAssembler): void {
  const { failedJob, reason } = listingOf(log, tool)!.head;
  openListing(log, tool, failedJob === undefined ? {} : { failedJob, reason: reason! });
}

function addReport(termination: string, head: Listing['head'], log: RunAssembler): boolean {
  endReport(log);
  const outcome = terminations.get(termination);
  // Restores, verifications and copies end in reports too.
  if (outcome === undefined) return true;
  const told = (name: string): string | null => (head[name] === undefined ? null : String(head[name]));
  const written = (name: string): number | null => {
    const count = /^[\d,.]{1,30}/.exec(told(`FD ${name}`) ?? told(name) ?? '')?.[0];
    return count === undefined ? null : parseGrouped(count);
  };
  // Some versions write `05-Jan-26`.
  const time = (name: string): number | null => log.stamps.parse(told(name)?.replace(shortYear, '$120$2'));
  const startedAt = time('Start time');
  const endedAt = time('End time');
  const took = told('Elapsed time');
  const job = told('Job');
  const { line } = log;
  log.line = Number(head.line);
  log.add(tool, {
    outcome,
    label: job === null ? null : job.replace(stampOfJob, ''),
    runId: job,
    startedAt,
    durationMs:
      (took === null ? null : parseDuration(took)) ??
      (startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null),
    sizeBytes: written('Bytes Written'),
    fileCount: written('Files Written'),
    kind: kinds.find(([words]) => words.test(told('Backup Level') ?? ''))?.[1] ?? null,
    error: outcome === 'success' ? null : reasonFor(told('JobId'), head),
  });
  log.line = line;
  return true;
}

function reasonFor(jobId: string | null, { failedJob, reason }: Listing['head']): string | null {
  return reason !== undefined && failedJob === jobId ? String(reason) : null;
}
