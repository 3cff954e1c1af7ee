import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { captureCommand, type Captured } from './captureCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
after(() => rm(folder, { recursive: true, force: true }));
const log = path.join(folder, 'nightly.jsonl');
await writeFile(
  log,
  Array.from({ length: 60 }, (_, day) => {
    const startedAt = new Date(Date.UTC(2026, 8, 25 + day, 2)).toISOString();
    const failed = day % 9 === 8;
    const error = failed ? { error: '![x](https://example.net) <img> *a* | b' } : {};
    const record = { backup_id: 'nightly [x](y)', started_at: startedAt, status: failed ? 'failed' : 'completed' };
    return `${JSON.stringify({ ...record, duration_seconds: 600, size_bytes: 5e9 + day * 1e7, ...error })}\n`;
  }).join(''),
);

const run = (...args: string[]): Promise<Captured> => captureCommand(args);

test('the JSON carries the hash of what `runs` prints, and the versions', async () => {
  const { code, out } = await run('report', log, '--format', 'json', '--zone', 'UTC');
  assert.equal(code, 0);
  const { provenance, jobs } = JSON.parse(out.join('\n')) as { provenance: Record<string, unknown>; jobs: unknown[] };
  const runs = await run('runs', log, '--zone', 'UTC');
  const dataSha256 = createHash('sha256')
    .update(runs.out.map((line) => `${line}\n`).join(''))
    .digest('hex');
  const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as Version;
  assert.deepEqual(provenance, { version, modelVersion: '1', dataSha256, zone: 'UTC', maxRisk: 0.5 });
  assert.equal(jobs.length, 1);
});

test('the Markdown lets no log write headings, links or HTML', async () => {
  const output = path.join(folder, 'report.md');
  assert.equal((await run('report', log, '--output', output, '--zone', 'UTC')).code, 0);
  const text = await readFile(output, 'utf8');
  assert.match(text, /^# Backup risk report\n/);
  assert.match(text, /^## nightly \\\[x\\\]\(y\)$/m);
  assert.doesNotMatch(text, /(?<!\\)\]\(|<img|!\[/);
  assert.match(text, /SHA-256 of the runs: [0-9a-f]{64}\n$/);
});

test('a file that cannot be written is said, and nothing is left behind', async () => {
  const output = path.join(folder, 'no such folder', 'report.json');
  const { code, err } = await run('report', log, '--output', output);
  assert.equal(code, 1);
  assert.match(err.join('\n'), /report\.json could not be written/);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.writing')),
    [],
  );
});

test('a link stays a link, and a device a device', { skip: process.platform === 'win32' }, async () => {
  const [target, link, nothing] = ['target.md', 'link.md', 'nothing.md'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(target, 'old');
  await symlink(target, link);
  await symlink('/dev/null', nothing);
  for (const output of [link, nothing]) assert.equal((await run('report', log, '--output', output)).code, 0);
  assert.equal(await readlink(link), target);
  assert.match(await readFile(target, 'utf8'), /^# Backup risk report/);
  assert.ok((await lstat(nothing)).isSymbolicLink());
});

test('an unknown format is a wrong call', async () => {
  assert.equal((await run('report', log, '--format', 'pdf')).code, 2);
  assert.equal((await run('report', log, '--output', path.join(folder, 'report'))).code, 2);
});

interface Version {
  version: string;
}
