import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { writeSampleWorkspace } from '../../../../src/vscode/samples/writeSampleWorkspace.ts';
import { projectRoot } from '../../../workbench/projectRoot.ts';

test('the sample is written anew each time, with logs that end within the week', async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'sample-storage-'));
  try {
    const now = Date.UTC(2031, 4, 15);
    const folder = await writeSampleWorkspace(projectRoot, storage, now);
    assert.ok(existsSync(path.join(folder, 'config/borgmatic.yaml')));
    const log = path.join(folder, 'logs/warehouse/etl-warehouse.jsonl');
    const last = JSON.parse(readFileSync(log, 'utf8').trim().split('\n').at(-1)!) as { started_at: string };
    const age = now - Date.parse(last.started_at);
    assert.ok(age >= 0 && age <= 8 * 86_400_000, last.started_at);

    writeFileSync(log, 'changed by hand');
    await writeSampleWorkspace(projectRoot, storage, now);
    assert.notEqual(readFileSync(log, 'utf8'), 'changed by hand');
  } finally {
    rmSync(storage, { recursive: true });
  }
});
