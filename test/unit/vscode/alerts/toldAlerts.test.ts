import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { SharedRecord } from '../../../../src/files/sharedRecord.ts';
import type { ToldAt } from '../../../../src/vscode/alerts/dueAlerts.ts';
import { ToldAlerts } from '../../../../src/vscode/alerts/toldAlerts.ts';
import { interleaved } from '../../files/failingFiles.ts';

test('on a full disk each thing is told once: neither what was written before nor what could not be comes again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'told-alerts-'));
  let isFull = false;
  const files = interleaved({
    before: (call) => {
      if (isFull && (call === 'writeFile' || call === 'open')) throw Object.assign(new Error(call), { code: 'ENOSPC' });
    },
  });
  const start = (): ToldAlerts => new ToldAlerts(new SharedRecord<ToldAt>(path.join(folder, 'told.json'), {}, files));
  const tell = (alerts: ToldAlerts, ...keys: string[]): Promise<string[]> =>
    alerts.change((before) => {
      const due = keys.filter((key) => !(key in before));
      return { value: { ...before, ...Object.fromEntries(due.map((key) => [key, 1])) }, result: due };
    });
  try {
    const window = start();
    assert.deepEqual(await tell(window, 'a'), ['a']);
    isFull = true;
    assert.deepEqual(await tell(window, 'a', 'b'), ['b']);
    assert.deepEqual(await tell(window, 'a', 'b'), []);
    isFull = false;
    assert.deepEqual(await tell(window, 'a', 'b', 'c'), ['c']);
    assert.deepEqual(await tell(start(), 'a', 'b', 'c'), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
