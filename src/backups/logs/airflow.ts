import type { Outcome } from '../run.ts';
import { readers } from './detect.ts';
import { textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'airflow';

/**
 * Airflow: DAG runs as the REST API and `airflow dags list-runs -o json` list them, the scheduler's `DagRun Finished`, and
 * the log of a task. What a task printed goes to the readers of the tools; without one, the task itself is the run.
 */
export const airflow: LogReader = {
  tool,
  failures: [
    ['timeout', /AirflowTaskTimeout|SIGTERM.{0,40}timeout|DagRun timed out/i],
    ['other', /non-zero exit code/i],
  ],
  readObject(object, log) {
    if (Array.isArray(object.dag_runs)) {
      log.eachElement(object, 'dag_runs', (run) => addDagRun(run, log));
      return true;
    }
    return addDagRun(object, log);
  },
  readLine(line, log) {
    const said = prefixed.exec(line.replace(subtask, ''));
    return readTask(said?.[2] ?? line, said?.[1] ?? null, log);
  },
};

const prefixed = /^\{\{?[\w./-]{1,120}:\d{1,6}\}\}? (DEBUG|INFO|WARNING|ERROR|CRITICAL) - ?(.*)$/;
/** Version 1 logged what the task's process said once more, with a head of its own. */
const subtask =
  /^\{[\w./-]{1,120}:\d{1,6}\} INFO - (?:Job \d{1,12}: )?Subtask(?: \S{1,250})?:? \[\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3}\] (?=\{)/;
const instance = /<TaskInstance: (\S{1,250}) (\S{1,250})(?: map_index=\d+)? \[queued\]>/;
const marked = /Marking task as (SUCCESS|FAILED|SKIPPED|UP_FOR_RETRY)\. (dag_id=.*)$/;
const finishedRun = /^DagRun Finished: (dag_id=.*)$/;
const exited = /^(Command|Task) exited with return code (\d{1,3})\b/;
const airflowException = /^airflow\.exceptions\.\w{1,80}: /;
const exception = /^[\w.]{0,120}(?:Exception|Error|Timeout|Failed)\b: ?\S/;

const states = new Map<string, Outcome>(
  Object.entries({
    success: 'success',
    failed: 'failure',
    running: 'running',
    queued: 'running',
    upforretry: 'failure',
    skipped: 'skipped',
  }),
);

function addDagRun(run: JsonObject, log: RunAssembler): boolean {
  const dag = textOf(run.dag_id);
  const outcome = states.get(textOf(run.state) ?? '');
  const id = textOf(run.run_id) ?? textOf(run.dag_run_id);
  if (dag === null || outcome === undefined || id === null || 'task_id' in run) return false;
  const startedAt =
    log.stamps.parse(run.start_date) ?? log.stamps.parse(run.logical_date) ?? log.stamps.parse(run.execution_date);
  const endedAt = log.stamps.parse(run.end_date);
  log.add(tool, {
    outcome,
    label: dag,
    runId: id,
    startedAt,
    durationMs: startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
    error: outcome === 'failure' ? textOf(run.note) : null,
  });
  return true;
}

/** The fields of `name=value, name=value`; a value with a comma and a name of its own ends there. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.slice(0, 4000).split(', ')) {
    const at = part.indexOf('=');
    if (at > 0) fields.set(part.slice(0, at), part.slice(at + 1));
  }
  return fields;
}

function readTask(text: string, level: string | null, log: RunAssembler): boolean {
  const dagRun = finishedRun.exec(text);
  if (dagRun) return addFinished(fieldsOf(dagRun[1]!), log);
  if (level === null) {
    // The last line of a traceback; the exit code in it is told elsewhere.
    if (!log.inSession || !airflowException.test(text)) return false;
    log.noteHint(text);
    return true;
  }
  const task = instance.exec(text);
  if (task) {
    log.beginSession(log.lineTime, { label: task[1]!, backup: false });
    return true;
  }
  const end = marked.exec(text);
  if (end) return endTask(states.get(end[1]!.toLowerCase().replaceAll('_', ''))!, fieldsOf(end[2]!), log);
  return level !== 'DEBUG' && readPrinted(text, log);
}

function addFinished(fields: ReadonlyMap<string, string>, log: RunAssembler): boolean {
  const outcome = states.get(fields.get('state') ?? '');
  const dag = fields.get('dag_id');
  if (outcome === undefined || dag === undefined) return false;
  const startedAt = log.stamps.parse(fields.get('run_start_time') ?? fields.get('run_start_date'));
  const seconds = Number(fields.get('run_duration') ?? NaN);
  log.add(tool, {
    outcome,
    label: dag,
    runId: fields.get('run_id') ?? null,
    startedAt,
    durationMs: seconds >= 0 && seconds < 1e9 ? Math.round(seconds * 1000) : null,
  });
  return true;
}

/** What the task's own command printed: a tool's lines, and its exit code in the end. */
function readPrinted(text: string, log: RunAssembler): boolean {
  const exit = exited.exec(text);
  if (exit) {
    const run = exit[1] === 'Command' && log.lastTool !== null ? log.tail(log.lastTool) : null;
    if (run) run.exitCode ??= Number(exit[2]);
    return true;
  }
  if (exception.test(text)) log.noteHint(text);
  return readers.some((reader) => reader.tool !== 'script' && reader !== airflow && reader.readLine?.(text, log));
}

/** The task is over: that ends the run of the tool it ran, or is the run itself. */
function endTask(outcome: Outcome, fields: ReadonlyMap<string, string>, log: RunAssembler): boolean {
  const label = `${fields.get('dag_id') ?? '?'}.${fields.get('task_id') ?? '?'}`;
  const failed = outcome === 'failure';
  const { lastTool } = log;
  if (lastTool !== null && lastTool !== tool && log.inSession && log.peek(lastTool) !== null) {
    log.endSession(log.lineTime, {
      exitCode: null,
      failed,
      partial: false,
      tool: null,
      backup: false,
      aside: false,
    });
    return true;
  }
  const run = log.run(tool);
  run.label = log.share(label);
  run.givenName = null;
  run.startedAt = log.stamps.parse(compactTime(fields.get('start_date')));
  run.endedAt = log.stamps.parse(compactTime(fields.get('end_date')));
  run.runId = fields.get('run_id') ?? null;
  run.failed = failed;
  run.skipped = outcome === 'skipped';
  run.ended = true;
  return true;
}

/** `20260601T020003` is UTC. */
function compactTime(value: string | undefined): string | null {
  const found = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(value ?? '');
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z` : (value ?? null);
}
