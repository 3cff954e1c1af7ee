/** Every command of the CLI: what it is called, what it takes, and the module that runs it. */
import { analyze } from './analyze.ts';
import { daily } from './daily.ts';
import { diff } from './diff.ts';
import { evaluate } from './evaluate.ts';
import { forecast } from './forecast.ts';
import { gate } from './gate.ts';
import { history } from './history.ts';
import { key } from './key.ts';
import { deleteOne, pin } from './pin.ts';
import { prune } from './prune.ts';
import { report } from './report.ts';
import { restore } from './restore.ts';
import { runs } from './runs.ts';
import { score } from './score.ts';
import { show } from './show.ts';
import { snapshot } from './snapshot.ts';
import { snapshots } from './snapshots.ts';
import type { Terminal } from './terminal.ts';
import { verify } from './verify.ts';

export interface Command {
  /** The arguments, as the usage line shows them. */
  usage: string;
  /** What it does, in one line. */
  summary: string;
  /** Gives the exit code. Throws CommandError for what the person can put right. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

export const commands: Record<string, Command> = {
  analyze: {
    usage:
      'PATH… [--json] [--now ISO] [--zone ZONE] [--language LANG] [--capacity SIZE] [--max-risk P] [--mapping FILE]',
    summary: 'risk, reasons, findings and storage forecast of every job',
    run: analyze,
  },
  gate: {
    usage: 'JOB PATH… [--max-risk P] [--now ISO] [--zone ZONE] [--language LANG] [--capacity SIZE] [--mapping FILE]',
    summary: 'exit 0 when the next run of JOB should proceed, 10 when it should wait; prints the decision as JSON',
    run: gate,
  },
  report: {
    usage:
      'PATH… [--format html|json|md] [--output FILE] [--now ISO] [--zone ZONE] [--language LANG] [--capacity SIZE] [--max-risk P] [--mapping FILE]',
    summary: 'the report as one file with charts, as JSON, or as Markdown',
    run: report,
  },
  runs: {
    usage: 'PATH… [--now ISO] [--zone ZONE] [--mapping FILE]',
    summary: 'every run that was found, one JSON object a line',
    run: runs,
  },
  evaluate: {
    usage: 'PATH… [--predictions FILE] [--json] [--now ISO] [--zone ZONE] [--language LANG] [--mapping FILE]',
    summary: 'how good the predictions would have been, each run predicted from earlier ones only',
    run: evaluate,
  },
  score: {
    usage: 'SERIES.jsonl',
    summary: 'anomaly scores of time series {id, times, values}, one JSON object a line',
    run: score,
  },
  forecast: {
    usage: 'SERIES.jsonl --horizon N',
    summary: 'forecasts of time series {id, period, values} with 95 % intervals, one JSON object a line',
    run: forecast,
  },
  snapshot: {
    usage: 'file [PATH…] | env [PREFIX] | app NAME FILE',
    summary: 'keep a configuration with its secrets sealed',
    run: snapshot,
  },
  snapshots: {
    usage: '[--type file|env|application] [--days N] [--json]',
    summary: 'the configurations kept, newest first',
    run: snapshots,
  },
  show: {
    usage: 'ID [--reveal KEY] [--document N] [--yes]',
    summary: 'a kept configuration with its secrets masked, or the one secret at KEY',
    run: show,
  },
  diff: {
    usage: 'ID [ID] [--file FILE] [--json]',
    summary: 'what differs between two snapshots, or between one and what is there now',
    run: diff,
  },
  history: {
    usage: 'NAME KEY [--type file|env|application] [--document N] [--json]',
    summary: 'when the value of a key changed',
    run: history,
  },
  restore: {
    usage: 'ID [--to FILE] [--key KEY] [--document N] [--shell] [--overwrite] [--dry-run]',
    summary: 'write a kept configuration, to the byte, or the value of one key',
    run: restore,
  },
  verify: {
    usage: '[--accept-older]',
    summary: 'check every snapshot’s signature, and the store against its signed list',
    run: verify,
  },
  prune: {
    usage: '--keep-last|hourly|daily|weekly|monthly|yearly N … [--dry-run] [--json]',
    summary: 'remove snapshots that no rule keeps',
    run: prune,
  },
  pin: {
    usage: 'ID [--remove]',
    summary: 'keep a snapshot whatever is pruned',
    run: pin,
  },
  delete: {
    usage: 'ID',
    summary: 'remove one snapshot',
    run: deleteOne,
  },
  daily: {
    usage: '[--again]',
    summary: 'the job of each day: environment, listed files, applications',
    run: daily,
  },
  key: {
    usage: 'status | init | rotate [--reseal] | recover [--setup] | export FILE | import FILE',
    summary: 'make, change, bring back or copy the key of the snapshots, or say which is there',
    run: key,
  },
};
