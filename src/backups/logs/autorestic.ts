import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

/** It is restic that runs. */
const runsTool = 'restic';

/** autorestic: what it says around restic's lines; the location is the job. */
export const autorestic: LogReader = {
  tool: 'autorestic',
  readLine(line, log) {
    const begun = backingUp.exec(line);
    if (begun) {
      log.beginSession(log.lineTime, { label: begun[1]!, backup: true });
      return true;
    }
    if (forgetting.test(line)) {
      log.setAside(true);
      return true;
    }
    if (!errors.test(line) || !log.inSession) return notDue.test(line);
    endFailed(log);
    return true;
  },
};

const backingUp = /^\s{0,8}Backing up location "(.{1,200})"\s{0,8}$/;
const forgetting = /^\s{0,8}Forgetting for location "/;
const errors = /^Error: \d{1,6} errors? (?:was|were) found$/;
/** It looks every few minutes whether a location's time has come. */
const notDue = /^Skipping ".{1,200}", not due yet\.$/;

/** Its last word, where any location failed. A backup that went well before it is not meant. */
function endFailed(log: RunAssembler): void {
  if (log.isAside) return;
  log.endSession(log.lineTime, {
    exitCode: null,
    failed: true,
    partial: false,
    tool: runsTool,
    backup: true,
    aside: false,
  });
}
