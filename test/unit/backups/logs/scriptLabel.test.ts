import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from '../../../../src/backups/logs/scriptLabel.ts';

test('the job’s name is found where scripts put it', () => {
  const rows: [line: string, label: string | null][] = [
    ['[mail] 2026-05-25 02:10:35 START', 'mail'],
    ['[2026-05-25 02:10:35] [mail] backup started', 'mail'],
    ['=== 2026-05-25T02:10:35Z backup of mail begins ===', 'mail'],
    ['Starting mail backup at Mon Jun  1 02:00:00 UTC 2026', 'mail'],
    ['Backup mail started: 2026-05-25 02:10:35', 'mail'],
    ['mail start=1780884605', 'mail'],
    ['INFO backup: starting mail', 'mail'],
    ['Mon Jun  1 02:00:00 UTC 2026: running /usr/local/bin/backup-mail', 'backup-mail'],
    ['time=2026-05-25T02:10:35Z msg="backup started" job=mail', 'mail'],
  ];
  for (const [line, label] of rows) assert.equal(labelOf(line), label, line);
});

test('words that any backup could have, and what changes every night, are no names', () => {
  const lines = [
    'Starting nightly backup',
    'Starting full backup',
    'Starting backup',
    '[INFO] backup started',
    'Starting restic backup',
    'Starting job 20260525',
    'START 1780884605',
    '',
  ];
  for (const line of lines) assert.equal(labelOf(line), null, line);
});
