/** What systemd says of its units in a journal: which service begins and ends, and how. */
import { nameOfProcess } from './jobName.ts';
import type { RunAssembler } from './runAssembler.ts';
import { speaksOfBackup, toolNamedIn } from './scriptWords.ts';

/** A unit that was started: the lines of its processes belong to it. */
interface Unit {
  host: string;
  /** `restic-backup.service`; null while only its description is known. */
  name: string | null;
  description: string;
  strand: string;
  /** Its first word was "Started": it goes on, and says so each time anew. */
  goesOn: boolean;
  over: boolean;
}

const starting = /^Start(?:ing|ed) (.{1,300}?)(?:\.\.\.|…|\.)?$/;
const exited = /^(\S{1,255}\.service): Main process exited, code=(exited|killed|dumped), status=(\d{1,3})/;
const result = /^(\S{1,255}\.service): (?:Failed with result '([\w-]{1,40})'|Deactivated successfully|Succeeded)\.?/;
const over = /^(?:Finished|Started|Failed to start|Stopped) (.{1,300}?)\.?$/;
/** Daemons that write to every journal: what they say is about no backup, whatever it sounds like. */
const daemons =
  /^(?:kernel|sshd|sudo|su|dbus-daemon|systemd-\w+|NetworkManager|dhclient|rsyslogd|dockerd|containerd|kubelet|smartd|chronyd|ntpd|postfix|polkitd|udisksd|login)\b/;
const mostUnits = 500;

/** Follows the units of a journal, and says to which strand of the log a process' line belongs. */
export class SystemdUnits {
  #units: Unit[] = [];
  /** Names of units by their descriptions, where a journal tells them late. */
  #names = new Map<string, string>();

  fork(): SystemdUnits {
    const copy = new SystemdUnits();
    copy.#names = new Map(this.#names);
    copy.#units = this.#units.map((unit) => ({ ...unit }));
    return copy;
  }

  /** Leads the log to the strand of a line: that of the unit that runs it, else that of the process, else the file's own. */
  strandOf(host: string | null, process: string | null, log: RunAssembler): string {
    const unit = process === null || isCron(process) ? null : this.#unitOf(host ?? '', process);
    const strand = unit ? unit.strand : strandOfProcess(host, process);
    log.followStrand(strand, host, process === null ? null : nameOfProcess(process));
    return strand;
  }

  /** Reads a line of systemd itself; whether it was about a unit. */
  readLine(text: string, hostName: string | null, log: RunAssembler): boolean {
    const host = hostName ?? '';
    const exit = exited.exec(text);
    if (exit) {
      const [, name, how, status] = exit as unknown as [string, string, string, string];
      return this.#end(host, name, how === 'exited' ? Number(status) : 128 + Number(status), false, log);
    }
    const verdict = result.exec(text);
    if (verdict) {
      const reason = verdict[2];
      if (reason === 'timeout') log.noteHint(text);
      return this.#end(host, verdict[1]!, reason === undefined ? 0 : null, reason !== undefined, log);
    }
    const ended = over.exec(text);
    const known = ended && this.#find(host, ended[1]!);
    const anew = known?.goesOn === true && text.startsWith('Started ');
    if (known && !anew) {
      // "Started" is the last word on a unit that ran to its end, and the first on one that goes on.
      if (known.over || !text.startsWith('Started ')) this.#drop(known);
      return true;
    }
    const begun = starting.exec(text);
    if (!begun) return false;
    this.#begin(host, begun[1]!, text.startsWith('Started '), log);
    return true;
  }

  #begin(host: string, words: string, goesOn: boolean, log: RunAssembler): void {
    const [told, description] = splitName(words);
    const name = told ?? this.#names.get(`${host} ${description}`) ?? null;
    const before = this.#find(host, words);
    if (before) this.#drop(before);
    if (this.#units.length >= mostUnits) this.#units.shift();
    const strand = `${host}/${name ?? description} unit`;
    this.#units.push({ host, name, description, strand, goesOn, over: false });
    log.followStrand(strand, host, name === null ? null : nameOfProcess(name));
    // Of a timer that is started nothing more is heard, and it is no run.
    log.beginSession(log.lineTime, { label: null, backup: speaksOfBackup(words), unsure: goesOn });
  }

  #end(host: string, name: string, exitCode: number | null, failed: boolean, log: RunAssembler): boolean {
    let unit = this.#units.findLast((one) => one.host === host && one.name === name);
    if (!unit) {
      unit = this.#units.findLast((one) => one.host === host && one.name === null && !one.over);
      if (!unit) return false;
      unit.name = name;
      if (this.#names.size < mostUnits) this.#names.set(`${host} ${unit.description}`, name);
    }
    unit.over = true;
    log.followStrand(unit.strand, host, nameOfProcess(name));
    const words = `${name} ${unit.description}`;
    log.endSession(log.lineTime, {
      exitCode,
      failed,
      partial: false,
      tool: toolNamedIn(words),
      backup: speaksOfBackup(words),
      aside: false,
    });
    return true;
  }

  #find(host: string, words: string): Unit | undefined {
    const [name, description] = splitName(words);
    return this.#units.findLast(
      (unit) => unit.host === host && (name === null ? unit.description === description : unit.name === name),
    );
  }

  #drop(unit: Unit): void {
    this.#units.splice(this.#units.indexOf(unit), 1);
  }

  /** Of several units that run at once, the one whose name is the process', else the last that was started. */
  #unitOf(host: string, process: string): Unit | null {
    const running = this.#units.filter((unit) => unit.host === host && !unit.over);
    if (running.length < 2) return running[0] ?? null;
    const stem = process.replace(/\.\w{1,4}$/, '').toLowerCase();
    const named = running.findLast((unit) => unit.name?.toLowerCase().includes(stem));
    return named ?? running.findLast((unit) => speaksOfBackup(`${unit.name ?? ''} ${unit.description}`)) ?? null;
  }
}

/** `restic.service - Nightly backup` names the unit and describes it; older versions only describe it. */
function splitName(words: string): [name: string | null, description: string] {
  const found = /^(\S{1,255}\.service)(?: - (.*))?$/.exec(words);
  return found ? [found[1]!, found[2] ?? found[1]!] : [null, words];
}

/** cron speaks about the other processes of its host: its lines belong to the file's own strand. */
function strandOfProcess(host: string | null, process: string | null): string {
  return process === null || isCron(process) ? '' : `${host ?? ''}/${process}`;
}

function isCron(process: string): boolean {
  return /^(?:cron|crond|CRON|anacron)$/.test(process);
}

/** Whether a process is one of the system's own, which runs no backup. */
export function isDaemon(process: string | null): boolean {
  return process !== null && daemons.test(process);
}
