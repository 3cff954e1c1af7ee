import type { JobReport } from '../../../backups/report.ts';
import type { Definition } from './definition.ts';

/** Names of logs that say nothing of the job. */
const commonLogs = /^(?:backup|restic|borg|borgmatic|rclone|rsync|rsnapshot|duplicity|log|output|cron|syslog)\.\w+$/i;

const toolNames = ['restic', 'borg', 'borgmatic', 'rclone', 'rsnapshot', 'rsync', 'duplicity', 'kopia', 'pgbackrest'];

/** What has to come together: a repository or a log alone, a name with its tool. */
const leastScore = 3;

/** What a job is recognized by, made ready once. */
interface Signs {
  job: JobReport;
  /** Its id without tool and repository. */
  name: string;
  hasName: WordTest;
  /** The folder of a job that is named after host and folder. */
  hasFolder: WordTest;
  logs: { path: string; hasFileName: WordTest; isCommon: boolean }[];
}

/** Whether a word stands in a text, which is given in lower case too, and not only as a part of a longer one. */
type WordTest = (text: string, lower: string) => boolean;

const tools = toolNames.map((name) => ({ name, isIn: wordTest(name) }));

/**
 * Finds the jobs that a definition is about: those that share most with it of log, repository, name and tool; none when it
 * is too little to tell. Several jobs that share as much are all given.
 *
 * @example
 * jobMatcher([jobNamed('restic web-01')])({ line: 0, name: null, text: '0 2 * * * restic backup --host web-01 /srv' })
 * //=> [jobNamed('restic web-01')]
 */
export function jobMatcher(jobs: readonly JobReport[]): (definition: Definition) => JobReport[] {
  const signs = jobs.map(signsOf);
  return (definition) => {
    const text = `${definition.name ?? ''} ${definition.text}`;
    const lower = text.toLowerCase();
    const called = toolsIn(text);
    const scored = signs.map((sign) => ({ job: sign.job, score: score(definition.name, text, lower, called, sign) }));
    const best = scored.reduce((most, entry) => Math.max(most, entry.score), leastScore);
    return scored.filter((entry) => entry.score === best).map(({ job }) => job);
  };
}

function signsOf(job: JobReport): Signs {
  const name = ownName(job);
  const folder = /^[\w.-]+:(\/.{3,})$/.exec(name)?.[1];
  const paths = new Set([job.lastRun, ...job.recentRuns].map(({ source }) => source.path));
  return {
    job,
    name,
    hasName: wordTest(name),
    hasFolder: folder === undefined ? () => false : wordTest(folder),
    logs: [...paths].map((path) => {
      const fileName = path.split(/[\\/]/).at(-1)!;
      return { path, hasFileName: wordTest(fileName), isCommon: commonLogs.test(fileName) };
    }),
  };
}

function score(
  definitionName: string | null,
  text: string,
  lower: string,
  called: ReadonlySet<string>,
  { job, name, hasName, hasFolder, logs }: Signs,
): number {
  const isCalled = called.has(job.tool) || (job.tool === 'borg' && called.has('borgmatic'));
  // A line that calls another tool is about another job, whatever else it names.
  if (!isCalled && called.size > 0 && toolNames.includes(job.tool)) return 0;
  const named = definitionName !== null && isSameName(definitionName, name) ? 3 : hasName(text, lower) ? 2 : 0;
  const log = logs.reduce((most, { path, hasFileName, isCommon }) => {
    const points = text.includes(path) ? 3 : !hasFileName(text, lower) ? 0 : isCommon ? 1 : 3;
    return Math.max(most, points);
  }, 0);
  const { repository } = job;
  const stored = repository !== null && repository.length >= 4 && text.includes(repository) ? 3 : 0;
  return (isCalled ? 1 : 0) + named + log + stored + (hasFolder(text, lower) ? 2 : 0);
}

/** The tools that a text calls; a log that is named after one is no call. */
function toolsIn(text: string): Set<string> {
  const commands = text.replace(/[\w.-]+\.(?:log|jsonl?|txt|out)\b/gi, '');
  const lower = commands.toLowerCase();
  return new Set(tools.filter(({ isIn }) => isIn(commands, lower)).map(({ name }) => name));
}

function ownName({ id, tool }: JobReport): string {
  const name = id.split(' → ', 1)[0]!;
  return name.startsWith(`${tool} `) ? name.slice(tool.length + 1) : name;
}

function isSameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');
  return plain(a) === plain(b);
}

function wordTest(word: string): WordTest {
  if (word.length < 3) return () => false;
  const needle = word.toLowerCase();
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const whole = new RegExp(`(?<![\\p{L}\\d_])${escaped}(?![\\p{L}\\d_]|-\\d)`, 'iu');
  // Most texts do not hold most words, and this is told fast.
  return (text, lower) => lower.includes(needle) && whole.test(text);
}
