/** Scripts that people publish: what they say without a tool's words beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

function runsOf(...lines: string[]): string[] {
  return parseText(`${lines.join('\n')}\n`).runs.map(inShort);
}

test('a log that tells nothing but that a backup is done has a run for each such line', () => {
  assert.deepEqual(runsOf('Backup completed at 2026-06-01 02:10:00', 'Backup completed at 2026-06-02 02:11:00'), [
    'success 2026-06-01T02:10:00Z lines 1-1',
    'success 2026-06-02T02:11:00Z lines 2-2',
  ]);
  assert.deepEqual(runsOf('2026-06-01 02:10:00 Respaldo realizado', '2026-06-02 02:11:00 Backup failed!'), [
    'success 2026-06-01T02:10:00Z lines 1-1',
    'failure 2026-06-02T02:11:00Z lines 2-2',
  ]);
  // Reports about other runs, and words that follow a run's last one.
  assert.deepEqual(
    runsOf('Last backup completed at 2026-06-01 02:10:00', 'No backup finished since 2026-06-01 02:10'),
    [],
  );
  assert.deepEqual(
    runsOf(
      '2026-06-01 02:00:00 Starting backup',
      '2026-06-01 02:10:00 Backup completed',
      '2026-06-01 02:10:01 Backup created successfully: /mnt/a.tar',
    ),
    ['success 2026-06-01T02:00:00Z 600s lines 1-2'],
  );
});

test('a heading that ends with the time begins a run, whose end may tell none', () => {
  assert.deepEqual(
    runsOf(
      '=== Site Backup — 2026-06-01 02:00:02 ===',
      'Exporting pages...',
      '=== Done ===',
      '=== Site Backup — 2026-06-02 02:00:02 ===',
      "cp: cannot stat '/srv/a.php': No such file or directory",
      '=== Site Backup — 2026-06-03 02:00:02 ===',
      '=== Done ===',
    ),
    [
      'success 2026-06-01T02:00:02Z lines 1-3',
      'unknown 2026-06-02T02:00:02Z lines 4-6',
      'success 2026-06-03T02:00:02Z lines 6-7',
    ],
  );
});

test('restoring and housekeeping are no backups, and a version is no exit code', () => {
  assert.deepEqual(
    runsOf(
      '2026-06-01 02:00:00 - Backup script started.',
      '2026-06-01 02:00:05 - Backup script completed.',
      '2026-06-01 03:00:00 - Restore script started.',
      '2026-06-01 03:00:01 - Restore script completed.',
    ),
    ['success 2026-06-01T02:00:00Z 5s lines 1-2'],
  );
  assert.deepEqual(
    runsOf(
      '2026-06-01 02:00:00,020 :: INFO :: nbackup 3.0.0-rc15-linux 2025032101 running as root',
      '2026-06-01 02:00:00,100 :: INFO :: Running housekeeping',
      '2026-06-01 02:00:02,000 :: INFO :: Unlocking repo default',
      '2026-06-01 02:00:04,000 :: INFO :: Runner took 1.529702 seconds for unlock',
    ),
    [],
  );
});

test('a step that makes the backup is the start where the script says no other', () => {
  assert.deepEqual(
    runsOf('2026-06-01 02:00:00 - INFO - Creating Backup...', '2026-06-01 02:00:22 - INFO - Backup process completed.'),
    ['success 2026-06-01T02:00:00Z 22s lines 1-2'],
  );
  assert.deepEqual(
    runsOf(
      '2026-06-01 02:00:00 Starting backup job',
      '2026-06-01 02:20:00 Creating backup of /srv',
      '2026-06-01 02:30:00 Backup completed',
    ),
    ['success 2026-06-01T02:00:00Z 1800s lines 1-3'],
  );
});

test('a script without times ends its run, also where it cleans up last', () => {
  const outcomes = (...lines: string[]): string[] =>
    parseText(`${lines.join('\n')}\n`).runs.map(({ outcome, error }) => `${outcome} ${error}`);
  assert.deepEqual(
    outcomes('Starting backup of: /srv', 'Backup saved to: /mnt/a.tar.gz', 'Cleanup done. Script finished!'),
    ['success null'],
  );
  const denied = `mysqldump: Got error: 1045: "Access denied for user 'root'@'localhost'" when trying to connect`;
  assert.deepEqual(outcomes('Iniciando respaldo...', denied, 'Respaldo completado'), [`failure ${denied}`]);
});

test('start, end and failure in Portuguese and French', () => {
  const told = (start: string, end: string): string | undefined =>
    runsOf(`2026-06-01 02:00:00 ${start}`, `2026-06-01 02:10:00 ${end}`)[0];
  const success = 'success 2026-06-01T02:00:00Z 600s lines 1-2';
  assert.equal(told('Iniciando backup', 'Backup efetuado com sucesso!'), success);
  assert.equal(told('Início do backup', 'Backup concluído'), success);
  assert.equal(told('Iniciando backup', 'erro ao fazer o backup dos arquivos'), success.replace('success', 'failure'));
  assert.equal(told('Début de la sauvegarde', 'Sauvegarde terminée'), success);
  assert.equal(told('Début de la sauvegarde', 'Sauvegarde : échec'), success.replace('success', 'failure'));
});

test('a record that names only the event that ended a run is the run', () => {
  const { runs } = parseText(
    [
      { event: 'backup_completed', duration_ms: 4200, ts: '2026-06-01T02:00:10Z', job: 'db', bytes: 1200 },
      { event: 'backup.failed', duration_ms: 200, ts: '2026-06-02T02:00:10Z', job: 'db', error: 'disk full' },
      { event: 'backup_listed', ts: '2026-06-02T02:01:10Z', job: 'db' },
    ]
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
    'events.jsonl',
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:05.800Z 4.2s lines 1-1',
    'failure 2026-06-02T02:00:09.800Z 0.2s lines 2-2',
  ]);
  assert.deepEqual(
    runs.map(({ job, sizeBytes, error }) => [job, sizeBytes, error]),
    [
      ['db', 1200, null],
      ['db', null, 'disk full'],
    ],
  );
});

test('a program that logs what another one logged puts two stamps in front', () => {
  const twice = (text: string): string => `2026-06-01 02:00:17,758 - INFO: 2026-06-01 02:00:17,757 - DEBUG: ${text}`;
  assert.deepEqual(
    runsOf(
      twice('Files:           1 new,     0 changed,     0 unmodified'),
      twice('processed 1 files, 4.894 MiB in 0:00'),
      twice('snapshot f989dc9e saved'),
      '2026-06-01 02:00:17,762 - INFO: 2026-06-01 02:00:17,758 - INFO: Running maintenance tasks',
    ).map((run) => run.split(' ', 2).join(' ')),
    ['success 2026-06-01T02:00:17.757Z'],
  );
});

test('stamps as scripts put them into names, and those of a journal in other languages', () => {
  assert.deepEqual(
    runsOf(
      '[2026-06-01_02-00-32] Backup started...',
      '[2026-06-01_02-00-42] Backup SUCCESS - Saved as backup_2026-06-01_02-00-32',
    ),
    ['success 2026-06-01T02:00:32Z 10s lines 1-2'],
  );
  assert.deepEqual(
    parseText(
      ['sep 27 16:21:23 web restic[30504]: Fatal: wrong password or no key found', ''].join('\n'),
      'journal.txt',
    ).runs.map((run) => `${run.host} ${inShort(run)}`),
    ['web failure 2026-09-27T16:21:23Z 0s lines 1-1'],
  );
  assert.deepEqual(runsOf('2026-06-01 02:10:05 [ OK    ] Respaldo completado.'), [
    'success 2026-06-01T02:10:05Z lines 1-1',
  ]);
});

test('what resticprofile only shows is no run that saved anything', () => {
  assert.deepEqual(
    runsOf(
      "2026/06/01 02:00:07 profile 'default': starting 'backup'",
      '2026/06/01 02:00:07 dry-run: /usr/bin/restic backup --repo local:/backup --verbose /home',
      "2026/06/01 02:00:07 profile 'default': finished 'backup'",
    ),
    ['skipped 2026-06-01T02:00:07Z 0s lines 1-3'],
  );
});
