import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { claimDay, finishDay } from '../../../src/files/claimDay.ts';

const root = await mkdtemp(path.join(tmpdir(), 'claim-day-'));
after(() => rm(root, { recursive: true, force: true }));
const newFolder = (): Promise<string> => mkdtemp(path.join(root, 'f-'));
const now = Date.UTC(2026, 10, 24, 1);
const minuteMs = 60_000;

test('of many that come at once, one gets the day', async () => {
  const folder = await newFolder();
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimDay(folder, '2026-11-24', now)));
  assert.equal(claims.filter((isMine) => isMine).length, 1);
});

test('a day that is done, or a later one, is not done again', async () => {
  const folder = await newFolder();
  assert.equal(await claimDay(folder, '2026-11-24', now), true);
  await finishDay(folder, '2026-11-24', now);
  assert.equal(await claimDay(folder, '2026-11-24', now + 600 * minuteMs), false);
  assert.equal(await claimDay(folder, '2026-11-23', now), false, 'the clock was set back');
  assert.equal(await claimDay(folder, '2026-11-25', now), true);
});

test('a day that ends after the next has begun leaves that one to whoever is at it', async () => {
  const folder = await newFolder();
  assert.equal(await claimDay(folder, '2026-11-23', now), true);
  assert.equal(await claimDay(folder, '2026-11-24', now), true);
  await finishDay(folder, '2026-11-23', now);
  assert.equal(await claimDay(folder, '2026-11-24', now), false);
});

test('work that was stopped is taken over after a while', async () => {
  const folder = await newFolder();
  assert.equal(await claimDay(folder, '2026-11-24', now), true);
  assert.equal(await claimDay(folder, '2026-11-24', now + 29 * minuteMs), false);
  assert.equal(await claimDay(folder, '2026-11-24', now + 31 * minuteMs), true);
});

test('a damaged record is no reason to leave the work undone', async () => {
  const folder = await newFolder();
  for (const text of ['', '{', 'null', '{"day":3}']) {
    await writeFile(path.join(folder, 'daily.json'), text);
    assert.equal(await claimDay(folder, '2026-11-24', now), true, text);
  }
});
