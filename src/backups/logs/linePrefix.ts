/** What stands in front of a line and is not the tool's: a stamp, a syslog head, colors. */
import { epochOfNumber, type StampReader } from './stamps.ts';

/** A line without its prefix. */
export interface PeeledLine {
  /** The stamp in front; null when there is none. */
  at: number | null;
  host: string | null;
  /** The process that wrote it, `restic[811]` without the brackets' number; null when the line names none. */
  process: string | null;
  text: string;
  /** Given where a ruler stood before the stamp: `### 2026-01-05 02:17:03: nightly backup`. */
  ruled?: true;
}

const syslogHead = /^([^\s[\]]{1,255}) ([A-Za-z][\w.@/-]{0,60})\[\d{1,10}\]: ?/;
const syslogHeadWithoutPid =
  /^([^\s[\]]{1,255}) (systemd|CRON|cron|kernel|restic|borg|borgmatic|rclone|rsync|rsnapshot|duplicity|kopia|barman|pgbackrest|vzdump|backup): ?/;
const rfc5424Head = /^([^\s[\]]{1,255}) (\S{1,48}) (?:\S{1,128}) (?:\S{1,32}) (?:-|\[[^\]]{0,1000}\]) ?/;
const escapeSequences = /\u001b(?:\[[0-9;?]{0,20}[A-Za-z]|\][^\u0007\u001b]{0,200}\u0007?)/g;

/** What Kubernetes and GitLab write after the stamp: the stream, and whether the line is whole. */
const containerHead = /^(?:(?:stdout|stderr) [FP] |\d\d[OE][ +])/;
/** What stands before the stamp: a level, a pod, the job and step of a workflow, or the name of the field. */
const beforeStamp =
  /^(?:(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL)(?::[\w.-]{1,60}:| {1,4})|\[(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL) {0,4}\] {1,4}|\[pod\/[^\]\s]{1,250}\] |[^\t]{1,100}\t[^\t]{1,100}\t|(?:time|ts|timestamp|t)="?)(?=\[?20\d\d-\d\d-\d\d[T ])/;
/** What Docker Compose writes in front: the container, which may have been given a name without a number. */
const composeHead = /^([a-z\d][\w.-]{0,60}[-_]\d{1,3}(?= )|[a-z\d][\w.-]{0,60}(?= {2})) {1,60}\|(?: |$)/;
const taggedHead = /^([\w.-]{1,255}) ([\w.@/-]{1,60}):(?: |$)/;
/** What stands where a host would, in the logs of programs. */
const level = /^(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL) /i;
const noHosts: ReadonlySet<string> = new Set();

/**
 * Takes a line apart: `[2026-06-01 02:00:03] starting backup`, `Jun  1 02:00:03 web-01 restic[811]: Files: …`,
 * `<30>1 2026-06-01T02:00:03Z web-01 restic 811 - - Files: …`, `2026-06-01T02:00:03Z stdout F Files: …`,
 * `backup-1  | Files: …`, or a line with no prefix at all. Colors are taken out, and of a line that a progress display
 * rewrote (carriage returns) the last state counts.
 *
 * @param hosts hosts after which a process may stand without its number (see `findHosts`)
 */
export function peelLine(raw: string, stamps: StampReader, hosts = noHosts): PeeledLine {
  const line = plainLine(raw);
  const container = composeHead.exec(line);
  if (!container) return peelStamp(line, stamps, hosts);
  const inside = peelStamp(line.slice(container[0].length), stamps, hosts);
  return { ...inside, process: inside.process ?? container[1]! };
}

function peelStamp(line: string, stamps: StampReader, hosts: ReadonlySet<string>): PeeledLine {
  // Looked for first: behind what stands before it, there is the year.
  const before = line.indexOf('20', 1) > 0 ? beforeStamp.exec(line) : null;
  if (before) return peelStamp(line.slice(before[0].length), stamps, hosts);
  const start = stampStart(line);
  const stamp =
    start < 0
      ? null
      : (taiStamp(line) ?? epochStamp(line, start) ?? stamps.at(line, start) ?? stamps.clockAt(line, start));
  if (!stamp) return { at: null, host: null, process: null, text: line };
  const rest = afterStamp(line, start, stamp.end);
  const head = line.startsWith('<') ? rfc5424Head.exec(rest) : syslogHeadOf(rest, hosts);
  const text = head ? rest.slice(head[0].length) : rest.replace(containerHead, '');
  const own = ownStamp(text, stamps);
  return {
    at: own?.at ?? stamp.at,
    host: head?.[1] ?? null,
    process: head?.[2] ?? null,
    text: own?.text ?? text,
    ...(start > 1 && ruler.test(line) ? { ruled: true } : {}),
  };
}

const ruler = /^(?:[=*#~-]{2}|[\u2190-\u2bff\ud83c-\ud83e])/;

const taiHead = /^@4([\da-f]{15})([\da-f]{8})(?= )/;

/** The stamps of multilog, svlogd and s6-log: seconds of the atomic clock's epoch, 10 s before that of 1970. */
function taiStamp(line: string): { at: number; end: number } | null {
  const found = line.startsWith('@') ? taiHead.exec(line) : null;
  const at = found && epochOfNumber(parseInt(found[1]!, 16) - 10 + parseInt(found[2]!, 16) / 1e9);
  return at === null ? null : { at, end: found![0].length };
}

const epochHead = /(1[4-9]\d{8}(?:\d{3})?|20\d{8})(?:\.\d{1,9})?(?=\]? (?!bytes|files|B\b))/y;

/** Seconds since 1970, as `journalctl -o short-unix` and `ts %s` write them, or milliseconds. */
function epochStamp(line: string, start: number): { at: number; end: number } | null {
  epochHead.lastIndex = start;
  const found = epochHead.exec(line);
  if (!found) return null;
  const at = epochOfNumber(Number(found[0]));
  return at === null ? null : { at, end: epochHead.lastIndex };
}

/** What stands between two stamps, where a program logs what another one logged. */
const betweenStamps =
  /^\[?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL)\]?(?: ?[:|-])? {1,4}(?=20\d\d-)/;
const separator = /^\s*(?:[:|-](?=\s|$))?\s*/;

/** The stamp that a tool puts in front of its lines itself, behind that of what passes them on; null when it puts none. */
export function ownStamp(text: string, stamps: StampReader): { at: number; text: string } | null {
  const stamp = stamps.at(text, betweenStamps.exec(text)?.[0].length ?? 0);
  const rest = stamp && text.slice(stamp.end).replace(separator, '');
  return stamp && rest !== '' ? { at: stamp.at, text: rest! } : null;
}

function syslogHeadOf(rest: string, hosts: ReadonlySet<string>): RegExpExecArray | null {
  if (level.test(rest)) return null;
  const found = syslogHead.exec(rest) ?? syslogHeadWithoutPid.exec(rest);
  if (found || hosts.size === 0) return found;
  const tagged = taggedHead.exec(rest);
  return tagged && hosts.has(tagged[1]!) ? tagged : null;
}

/** The rest of a line after its stamp, the bracket that closes it, and a separator. */
function afterStamp(line: string, start: number, end: number): string {
  let rest = line.slice(end);
  const opening = start > 0 ? line.charAt(start - 1) : '';
  const closing = { '[': ']', '(': ')' }[opening];
  if (closing !== undefined && rest.startsWith(closing)) rest = rest.slice(1);
  return rest.replace(separator, '');
}

const fewestLines = 3;

/**
 * The hosts of a system log whose processes have no number (`Jun  1 02:00:03 web-01 backup-db: Files: …`, as `logger -t`
 * writes it): those that stand in front of every stamped line of a sample of it. The words of a tool behind a stamp look
 * the same now and then, but never on all lines.
 *
 * @example findHosts('Jun  1 02:00:03 nas backup: a\nJun  1 02:00:03 nas backup: b\n…', stamps) //=> Set { 'nas' }
 */
export function findHosts(sample: string, stamps: StampReader): Set<string> {
  const hosts = new Set<string>();
  let lines = 0;
  for (const raw of sample.slice(0, sample.lastIndexOf('\n') + 1).split('\n')) {
    const line = plainLine(raw);
    const start = stampStart(line);
    const stamp = start < 0 ? null : stamps.at(line, start);
    if (!stamp) continue;
    const rest = afterStamp(line, start, stamp.end);
    const head = taggedHead.exec(rest);
    if (level.test(rest) || (head === null && !syslogHead.test(rest))) return noneFound;
    if (head) hosts.add(head[1]!);
    lines++;
  }
  return lines >= fewestLines && hosts.size * 2 < lines ? hosts : noneFound;
}

const noneFound = new Set<string>();

/** A line without colors, carriage returns and trailing blanks. */
export function plainLine(raw: string): string {
  let line = raw;
  if (line.includes('\u001b')) line = line.replace(escapeSequences, '');
  line = line.trimEnd();
  const rewritten = line.lastIndexOf('\r');
  return rewritten < 0 ? line : line.slice(rewritten + 1);
}

/** Where a stamp at the head of a line would begin, after brackets and rulers; −1 when the line cannot begin with one. */
function stampStart(line: string): number {
  let at = 0;
  if (line.startsWith('<')) {
    const priority = /^<\d{1,3}>(?:1 )?/.exec(line);
    if (!priority) return -1;
    at = priority[0].length;
  }
  while (at < line.length && at < 40 && isRuler(line.charCodeAt(at))) at++;
  const code = line.charCodeAt(at);
  if (at === 0 && code === 64) return 0;
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || isForeignDate(line, at, code) ? at : -1;
}

/** `lun 05 ene 2026 02:17:03`: weekdays that are not written with a capital, as `date` prints them in many languages. */
function isForeignDate(line: string, at: number, code: number): boolean {
  if (code < 97 || code > 122) return false;
  const after = line.charCodeAt(at + 3);
  return (after === 32 || after === 46) && foreignDate.test(line.slice(at, at + 24));
}

const foreignDate = /^[a-zà-ÿ]{3}\.?,? {1,2}(?:[a-zà-ÿ]{3,4} {1,2})?\d{1,2} /;

/** `=`, `-`, `*`, `#`, `[`, `(`, `|`, `+` and blanks; arrows, ticks, crosses and pictures. */
function isRuler(code: number): boolean {
  return (
    code === 61 ||
    code === 45 ||
    code === 42 ||
    code === 35 ||
    code === 91 ||
    code === 40 ||
    code === 124 ||
    code === 43 ||
    code === 32 ||
    code === 9 ||
    (code >= 0x2190 && (code <= 0x2bff || (code >= 0xd83c && code <= 0xdfff) || code === 0xfe0f))
  );
}
