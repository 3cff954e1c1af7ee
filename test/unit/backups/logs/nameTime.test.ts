import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeInName } from '../../../../src/backups/logs/nameTime.ts';
import { createLogParser } from '../../../../src/backups/logs/parseLog.ts';

test('the time in a name', () => {
  const local = Date.UTC(2026, 0, 20, 2, 17, 32);
  for (const name of ['backup_20260120_021732.log', 'db-2026-01-20T02:17:32.txt', '2026-01-20_02-17-32.log'])
    assert.deepEqual(timeInName(`/var/log/${name}`), { local, isDay: false }, name);
  assert.deepEqual(timeInName('backup-2026-01-20.log.gz'), { local: Date.UTC(2026, 0, 20), isDay: true });
  for (const name of ['backup.log-20260120', 'backup.log', '/2026-01-20/backup.log', 'disk-12345678901234.log'])
    assert.equal(timeInName(name), null, name);
});

function startOf(name: string, fileTimeMs: number | null, text = 'snapshot deadbeef saved\n'): number | null {
  const parser = createLogParser({ path: `/var/log/${name}`, zone: 'Europe/Berlin', fileTimeMs });
  parser.push(Buffer.from(text));
  return parser.snapshot().runs.at(-1)!.startedAt;
}

test("the log of one run that tells no time has its name's, and the file's where the name tells a day alone", () => {
  const night = Date.UTC(2026, 0, 20, 1, 30);
  const copied = Date.UTC(2026, 10, 24);
  assert.equal(startOf('backup_20260120_021732.log', copied), Date.UTC(2026, 0, 20, 1, 17, 32));
  assert.equal(startOf('backup-2026-01-20.log', night), night);
  assert.equal(startOf('backup-2026-01-20.log', copied), Date.UTC(2026, 0, 19, 23));
  assert.equal(startOf('backup-2026-01-20.log', null), Date.UTC(2026, 0, 19, 23));
  assert.equal(startOf('backup-2026-01-20.log', copied, 'snapshot deadbeef saved\nsnapshot deadbeee saved\n'), copied);
  assert.equal(startOf('backup.log', night), night);
});
