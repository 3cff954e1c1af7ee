/** Borg without statistics in the lines of a service that older versions of systemd start. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const id = 'ab'.repeat(32);
const night = (day: number, made: boolean): string[] => {
  const line = (clock: string, process: string, text: string): string => `Jun  ${day} ${clock} web ${process}: ${text}`;
  const borg = (clock: string, text: string): string => line(clock, 'Backup', text);
  return [
    line('02:00:00', 'systemd', 'Started Backup creation script.'),
    borg('02:00:02', `Creating archive at "nas:/srv/repo::2026060${day}_020000"`),
    borg('02:00:02', 'Synchronizing chunks cache...'),
    borg('02:00:02', 'Archives: 0, w/ cached Idx: 0, w/ outdated Idx: 0, w/o cached Idx: 0.'),
    borg('02:00:03', 'Done.'),
    borg(
      '02:00:09',
      `Keeping archive: 2026060${made ? day : day - 1}_020000      Mon, 2026-06-0${day} 02:00:02 [${id}]`,
    ),
    borg('02:00:10', 'terminating with success status, rc 0'),
  ];
};

test('a service that is started each night anew has a run each night, made when prune finds its archive', () => {
  const { runs } = parseText(
    ['Jun  1 01:00:00 web systemd: Started Timer for the backup creation script.']
      .concat(night(1, true), night(2, false), night(3, true), '')
      .join('\n'),
    'messages',
  );
  assert.deepEqual(
    runs.map((run) => inShort(run).split(' ').slice(0, 2).join(' ')),
    ['success 2026-06-01T02:00:02Z', 'failure 2026-06-02T02:00:00Z', 'success 2026-06-03T02:00:02Z'],
  );
  assert.equal(runs[0]!.runId, id);
});

test('what it creates is told twice in the journal, and statistics are only told of what was made', () => {
  const line = (text: string): string => `Jun  1 02:00:02 web borgmatic[811]: ${text}`;
  const creating = 'Creating archive at "nas:/srv/repo::web-2026-06-01T02:00:01"';
  const { runs } = parseText(
    [line('nas:/srv/repo: Creating archive'), line(creating), line(`ANSWER ${creating}`), ''].join('\n'),
    'messages',
  );
  assert.equal(runs.length, 1);
  const statistics = ['Archive name: web-2026-06-01', 'Time (start): Mon, 2026-06-01 02:00:41'];
  const outcomeOf = (...more: string[]): string | undefined =>
    parseText([...statistics, ...more, ''].join('\n'), 'borg.txt').runs[0]?.outcome;
  assert.equal(outcomeOf('Duration: 9 minutes 6.96 seconds', 'Number of files: 100993'), 'success');
  assert.equal(outcomeOf(), 'running');
});
