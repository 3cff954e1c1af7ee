import { readers } from './detect.ts';
import { arrayOf, numberOf, textOf, type JsonObject } from './jsonValue.ts';
import { peelLine } from './linePrefix.ts';
import { isOfLoggingError } from './loggingError.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'systemd';

/**
 * The systemd journal, exported with `journalctl -o json`, `-o export` or `-o verbose`: what each unit printed goes to the
 * readers of the tools, unit by unit, and what systemd says of the unit is the script around it.
 */
export const journal: LogReader = {
  tool,
  readObject(entry, log) {
    if (!('__REALTIME_TIMESTAMP' in entry && 'MESSAGE' in entry)) return false;
    const micros = numberOf(entry.__REALTIME_TIMESTAMP);
    const at = log.stamps.parse(micros ?? textOf(entry.__REALTIME_TIMESTAMP));
    if (at === null) return false;
    const message = messageOf(entry.MESSAGE);
    if (message === null) return true;
    const aboutUnit = textOf(entry.UNIT) ?? textOf(entry.USER_UNIT);
    const source = aboutUnit ?? sourceOf(entry);
    const host = textOf(entry._HOSTNAME);
    log.lineTime = at;
    log.followStrand(`${host ?? ''}/${source}`, host);
    if (aboutUnit !== null) readVerdict(entry, message, aboutUnit, log);
    else for (const line of message.split('\n')) readMessage(line, entry, source, log);
    return true;
  },
};

const backupWord = /backup|backing.?up|\bdump|snapshot|archiv|mirror/i;
const toolWord =
  /(?:^|[^a-z])(resticprofile|restic|borgmatic|borg|rclone|rsnapshot|rsync|duplicity|kopia|barman|pgbackrest|wal-g|velero|duplicati|vzdump)/i;
/** Units that run other people's commands: there the program's own name tells more. */
const hosting = /^(?:crond?|anacron|atd|user@\d+|session-\w+|docker|containerd|ssh)\.(?:service|scope)$/;
/** How lines of anything may begin; they say nothing of a backup tool while nothing else does. */
const commonplace = /^(?:error|warning|fatal|info|ok|unable|signal|check|loading|creating|using|counting)\b/i;

/** The unit that printed the line; where that is one that runs anything, the program. */
function sourceOf(entry: JsonObject): string {
  const unit = textOf(entry._SYSTEMD_USER_UNIT) ?? textOf(entry._SYSTEMD_UNIT);
  const program = textOf(entry.SYSLOG_IDENTIFIER) ?? textOf(entry._COMM) ?? '';
  return unit !== null && unit.endsWith('.service') && !hosting.test(unit) ? unit : program;
}

/** A text, or the bytes of one that is not plain UTF-8; null when it was too long for the export. */
function messageOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const bytes = arrayOf(value);
  if (bytes.length === 0 || bytes.length > 1_000_000) return null;
  let escaped = '';
  for (const byte of bytes) {
    if (typeof byte !== 'number' || !(byte >= 0 && byte <= 255)) return null;
    escaped += `%${Math.floor(byte).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return unescapeLatin(bytes as readonly number[]);
  }
}

function unescapeLatin(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
}

function readMessage(raw: string, entry: JsonObject, source: string, log: RunAssembler): void {
  const { text } = peelLine(raw, log.stamps);
  if (isOfLoggingError(text, log) || text === '' || log.takePiece(text)) return;
  const sounds = soundsLikeBackup(`${source} ${textOf(entry._COMM) ?? ''}`) || log.lastTool !== null;
  if (!sounds && commonplace.test(text)) return;
  for (const reader of readers) {
    if (reader.tool === 'script' && !sounds) continue;
    if (reader.readLine?.(text, log)) return;
  }
}

function soundsLikeBackup(text: string): boolean {
  return backupWord.test(text) || toolWord.test(text);
}

const starting = '7d4958e842da4a758f6c1cdc7b36dcc5';
const started = '39f53479d3a045ac8e11786248231fbf';
const stopping = 'de5b426a63be47a7b6ac3eaac82e2f6f';
const startFailed = 'be02cf6855d2428ba40df7e9d022f03d';
const processExited = '98e322203f7a4ed290d09fe03c09fe15';
const failedWithResult = 'd9b373ed55a64feb8242e02dbe79a49c';
const endedWell = '7ad2d189f7e94e70a38c781354912448';

/** Words of systemd that tell why a unit will end badly. */
const trouble = /timed out|killed|failed|denied|not found|no such|out of memory/i;

/** What systemd says of a unit: by the number of the message, or by its words where an export left the numbers out. */
function readVerdict(entry: JsonObject, message: string, unit: string, log: RunAssembler): void {
  const id = textOf(entry.MESSAGE_ID);
  const is = (known: string, words: RegExp): boolean => (id === null ? words.test(message) : id === known);
  if (is(starting, /^Starting /)) begin(unit, message, log);
  else if (id === null ? /^(?:Started|Finished) /.test(message) : id === started) readStarted(unit, message, log);
  else if (is(processExited, /: (?:Main|Control) process exited, /)) readExit(entry, message, log);
  else if (is(failedWithResult, /: Failed with result '/)) readFailure(entry, message, unit, log);
  else if (is(startFailed, /^Failed to start /)) end(unit, log, { exitCode: null, failed: true });
  else if (is(endedWell, /: (?:Deactivated successfully|Succeeded)\.$/))
    end(unit, log, { exitCode: null, failed: false });
  else if (is(stopping, /^Stopping /) && log.busyTool !== null) log.tail(log.busyTool)!.cancelled = true;
  else if (trouble.test(message)) log.noteHint(message);
}

function begin(unit: string, message: string, log: RunAssembler): void {
  log.beginSession(log.lineTime, {
    label: unit.replace(/\.service$/, ''),
    backup: soundsLikeBackup(`${unit} ${message}`),
  });
}

/** Of a unit that runs once, older versions of systemd say `Started` when it has finished. */
function readStarted(unit: string, message: string, log: RunAssembler): void {
  const underWay = log.lastTool !== null && log.peek(log.lastTool) !== null;
  if (message.startsWith('Finished ') || underWay) end(unit, log, { exitCode: null, failed: false });
  else if (!hasJustEnded(log)) begin(unit, message, log);
}

function hasJustEnded({ lastEnd, lineTime }: RunAssembler): boolean {
  return lastEnd !== null && lineTime !== null && lineTime - lastEnd < 5000;
}

function readExit(entry: JsonObject, message: string, log: RunAssembler): void {
  const words = /code=(\w{1,20}), status=(\d{1,3})/.exec(message);
  const status = numberOf(entry.EXIT_STATUS) ?? (words ? Number(words[2]) : null);
  const how = textOf(entry.EXIT_CODE) ?? words?.[1] ?? 'exited';
  if (status === null) return;
  // A step after the backup failed: the backup itself is as good as it was.
  if (message.includes(': Control process exited') && log.busyTool === null && log.lastTool !== null) return;
  if (isCancelled(log)) return;
  const exitCode = how === 'exited' ? status : 128 + status;
  log.endSession(log.lineTime, { exitCode, failed: false, partial: false, tool: null, backup: false, aside: false });
}

/** Why systemd ended a unit, in words for what its result stands for. */
const results = new Map<string, string>(
  Object.entries({
    timeout: 'timed out: systemd ended it after its time limit',
    watchdog: 'timed out: its watchdog got no sign of life',
    'oom-kill': 'killed: the system ran out of memory',
    'core-dump': 'crashed with a core dump',
    signal: 'killed by a signal',
    resources: 'could not be started for want of resources',
  }),
);

function readFailure(entry: JsonObject, message: string, unit: string, log: RunAssembler): void {
  const result = textOf(entry.UNIT_RESULT) ?? /Failed with result '([\w-]{1,30})'/.exec(message)?.[1] ?? '';
  const reason = results.get(result);
  if (reason !== undefined) log.noteHint(reason);
  end(unit, log, { exitCode: null, failed: true });
}

function end(unit: string, log: RunAssembler, told: { exitCode: number | null; failed: boolean }): void {
  const backup = soundsLikeBackup(unit);
  const failed = told.failed && !isCancelled(log);
  log.endSession(log.lineTime, { ...told, failed, partial: false, tool: toolIn(unit), backup, aside: false });
}

/** A person stopped the unit; that its process then ended by a signal is no failure. */
function isCancelled(log: RunAssembler): boolean {
  return log.busyTool !== null && log.peek(log.busyTool)?.cancelled === true;
}

function toolIn(unit: string): string | null {
  return toolWord.exec(unit)?.[1]?.toLowerCase() ?? null;
}
