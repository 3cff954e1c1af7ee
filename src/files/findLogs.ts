/** Finds the logs in what a person points at: files, and folders with everything in them. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { message } from '../wording/message.ts';
import { LogFileError } from './logFileError.ts';
import { asLogFileError } from './readLog.ts';

/** What was found, in a stable order, each file once however it was reached. */
export interface FoundLogs {
  paths: string[];
  /** What cannot be looked into; the rest is found all the same. */
  errors: LogFileError[];
}

const logName =
  /\.(?:log|jsonl?|ndjson|csv|tsv|txt|out|err|export)(?:[-.]\d{1,14})*(?:\.gz)?$|\.log[-.][\w-]{1,20}(?:\.gz)?$/i;
/** Logs of a system, and mailboxes: cron sends what a backup prints as mail. */
const systemLogName =
  /^(?:syslog|messages|daemon|cron|user)(?:[-.]\d{1,14})*(?:\.gz)?$|\.(?:mbox|eml)(?:[-.]\d{1,14})*(?:\.gz)?$/i;
/** Never logs, always many: what packages and tools keep beside a project. */
const skippedFolders = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.vscode-test',
  '__pycache__',
  '.venv',
  'bower_components',
]);
const skippedFiles = /^(?:package(?:-lock)?\.json|tsconfig.*\.json|composer\.json|.*\.schema\.json)$/i;

/**
 * Every log among the paths. A file is taken whatever its name; a folder is searched for names of logs, also rotated and
 * packed ones, without node_modules and version control. Links are followed, loops are seen. A path that does not exist
 * or cannot be read gives an error of its own.
 *
 * @example (await findLogs(['/var/log/backup'])).paths //=> ['/var/log/backup/nightly.log', '/var/log/backup/nightly.log.1']
 */
export async function findLogs(paths: readonly string[], signal?: AbortSignal): Promise<FoundLogs> {
  const found: FoundLogs = { paths: [], errors: [] };
  const seen = new Set<string>();
  for (const path of paths) await look(path, { given: true, mayBeFile: true }, found, seen, signal);
  return found;
}

interface Expected {
  /** Named by a person, who is told when there is nothing. */
  given: boolean;
  /** Its name is that of a log; else only a folder is of interest. */
  mayBeFile: boolean;
}

async function look(
  at: string,
  { given, mayBeFile }: Expected,
  found: FoundLogs,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  try {
    const stats = await stat(at);
    if (!stats.isFile() && !stats.isDirectory()) {
      if (given) found.errors.push(new LogFileError(at, message('source.notAFile')));
      return;
    }
    if (stats.isFile() && !mayBeFile) return;
    const real = await realpath(at);
    if (seen.has(real)) return;
    seen.add(real);
    if (stats.isFile()) {
      found.paths.push(at);
      return;
    }
    const entries = await readdir(at, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (skippedFolders.has(entry.name)) continue;
      const isLogName = logName.test(entry.name) || systemLogName.test(entry.name);
      const mayBeFile = isLogName && !skippedFiles.test(entry.name);
      // A link may lead to a folder of any name.
      if (mayBeFile || entry.isDirectory() || entry.isSymbolicLink())
        await look(path.join(at, entry.name), { given: false, mayBeFile }, found, seen, signal);
    }
  } catch (error) {
    const about = asLogFileError(at, error);
    if (!(about instanceof LogFileError)) throw error;
    // Inside a folder, a link that leads nowhere is nothing to report, and one in a circle only if it should be a log.
    const { code } = about.about;
    if (given || (code !== 'source.notFound' && (mayBeFile || code !== 'source.linkLoop'))) found.errors.push(about);
  }
}
