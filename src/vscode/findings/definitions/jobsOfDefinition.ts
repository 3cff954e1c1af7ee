import type { JobReport } from '../../../backups/report.ts';
import type { Definition } from './definition.ts';

/** Names of logs that say nothing of the job. */
const commonLogs = /^(?:backup|restic|borg|borgmatic|rclone|rsync|rsnapshot|duplicity|log|output|cron|syslog)\.\w+$/i;

const tools = ['restic', 'borg', 'borgmatic', 'rclone', 'rsnapshot', 'rsync', 'duplicity', 'kopia', 'pgbackrest'];

/** What has to come together: a repository or a log alone, a name with its tool. */
const leastScore = 3;

/**
 * The jobs that a definition is about: those that share most with it of log, repository, name and tool; none when it is
 * too little to tell. Several jobs that share as much are all given.
 *
 * @example
 * jobsOfDefinition({ line: 0, name: null, text: '0 2 * * * restic backup --host web-01 /srv' }, [jobNamed('restic web-01')])
 * //=> [jobNamed('restic web-01')]
 */
export function jobsOfDefinition(definition: Definition, jobs: readonly JobReport[]): JobReport[] {
  const scored = jobs.map((job) => ({ job, score: score(definition, job) }));
  const best = Math.max(leastScore, ...scored.map((entry) => entry.score));
  return scored.filter((entry) => entry.score === best).map(({ job }) => job);
}

function score({ name, text }: Definition, job: JobReport): number {
  const tool = toolScore(`${name ?? ''} ${text}`, job.tool);
  if (tool < 0) return 0;
  const own = ownName(job);
  const names = name !== null && sameName(name, own) ? 3 : hasWord(`${name ?? ''} ${text}`, own) ? 2 : 0;
  return tool + names + logScore(text, job) + (hasText(text, job.repository) ? 3 : 0) + sourceScore(text, own);
}

// A line that calls another tool is about another job, whatever else it names.
function toolScore(text: string, tool: string): number {
  const commands = text.replace(/[\w.-]+\.(?:log|jsonl?|txt|out)\b/gi, '');
  const named = tools.filter((candidate) => hasWord(commands, candidate));
  if (named.includes(tool) || (tool === 'borg' && named.includes('borgmatic'))) return 1;
  return named.length > 0 && tools.includes(tool) ? -1 : 0;
}

function logScore(text: string, { recentRuns, lastRun }: JobReport): number {
  const paths = new Set([lastRun, ...recentRuns].map(({ source }) => source.path));
  return Math.max(
    ...[...paths].map((path) => {
      if (text.includes(path)) return 3;
      const base = path.split(/[\\/]/).at(-1)!;
      return hasWord(text, base) ? (commonLogs.test(base) ? 1 : 3) : 0;
    }),
  );
}

/** The source of a job that is named after host and folder. */
function sourceScore(text: string, own: string): number {
  const source = /^[\w.-]+:(\/.{3,})$/.exec(own)?.[1];
  return source !== undefined && hasWord(text, source) ? 2 : 0;
}

/** A job's id without its tool and its repository. */
function ownName({ id, tool }: JobReport): string {
  const name = id.split(' → ', 1)[0]!;
  return name.startsWith(`${tool} `) ? name.slice(tool.length + 1) : name;
}

function sameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');
  return plain(a) === plain(b);
}

function hasText(text: string, part: string | null): boolean {
  return part !== null && part.length >= 4 && text.includes(part);
}

/** Whether a word stands in a text, and not only as a part of a longer one. */
function hasWord(text: string, word: string): boolean {
  if (word.length < 3) return false;
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\d_])${escaped}(?![\\p{L}\\d_]|-\\d)`, 'iu').test(text);
}
