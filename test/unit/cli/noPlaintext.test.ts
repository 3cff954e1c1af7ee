/** Every secret of the labelled configurations, searched for in everything that sealing them writes and prints. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../../../src/cli/runCommand.ts';
import { readLabelledFiles } from '../configs/secrets/labelledFiles.ts';
import { labelledFolder } from '../configs/secrets/measureDetection.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'no-plaintext-'));
const environment = { ...process.env };
after(async () => {
  process.env = environment;
  await rm(folder, { recursive: true, force: true });
});

/** Shorter ones occur by chance in what is random. */
const shortest = 8;

interface Place {
  file: string;
  text: string;
}

/** Runs a command line and returns all that it prints. */
async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const write = (line: string): number => lines.push(line);
  await runCommand(args, {
    print: write,
    warn: write,
    now: () => Date.UTC(2026, 10, 24),
    language: 'en',
    colors: false,
  });
  return lines.join('\n');
}

async function everythingBelow(place: string): Promise<Place[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: `${file}\n${await readFile(file, 'latin1')}` })));
}

/** The ways in which a secret could still be read: as it is, escaped, encoded at any place of a longer text. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const whole = shifted.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const forms = [
    secret,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
  ];
  return [...new Set(forms)]
    .filter((form) => form.length >= shortest)
    .map((form) => Buffer.from(form, 'utf8').toString('latin1'));
}

test('no secret of any labelled configuration can be read in the store, the temporary files or the output', async () => {
  const [store, temporary, configs] = ['store', 'tmp', 'configs'].map((name) => path.join(folder, name));
  await Promise.all([temporary!, configs!].map((name) => mkdir(name, { recursive: true })));
  Object.assign(process.env, {
    CONFIG_BACKUP_DIR: store,
    XDG_STATE_HOME: path.join(folder, 'state'),
    BACKUP_FORESIGHT_KEY_FILE: path.join(folder, 'key', 'key'),
    TMPDIR: temporary,
  });
  const labelled = readLabelledFiles(labelledFolder);
  const isOpen = (value: string) => labelled.some(({ text, secrets }) => outside(text, secrets).includes(value));
  const secrets = labelled.flatMap(({ name, text, secrets: ranges }) =>
    [...new Set(ranges.map(({ start, end }) => text.slice(start, end)))]
      .filter((value) => value.length >= shortest && !isOpen(value))
      .map((value) => ({ name, value })),
  );
  assert.ok(secrets.length >= 400, `${secrets.length} secrets`);
  const files = labelled.map(({ name }) => path.join(configs!, name));
  await Promise.all(labelled.map(({ text }, index) => writeFile(files[index]!, text)));
  const broken = path.join(configs!, 'broken.json');
  await writeFile(broken, `{"password": "${secrets[0]!.value}",,}`);

  const printed = [await run('key', 'init'), await run('snapshot', 'file', ...files)];
  await Promise.all(labelled.map(({ text }, index) => writeFile(files[index]!, `${text}\n\n`)));
  printed.push(await run('snapshot', 'file', ...files), await run('snapshot', 'app', 'broken', broken));
  printed.push(
    await run('snapshots'),
    await run('snapshots', '--json'),
    await run('verify'),
    await run('key', 'status'),
  );
  printed.push(...(await lookAtEverything(files, path.join(folder, 'restored'))));
  const written = await everythingBelow(store!);
  assert.ok(written.length > labelled.length * 2, `${written.length} files`);
  const victim = written.find(({ text }) => text.includes('"values"'))!.file;
  await writeFile(victim, (await readFile(victim, 'utf8')).replace('"values"', '"value"'));
  printed.push(await run('verify'), await run('snapshots'));

  const places = [...written, ...(await everythingBelow(temporary!)), { file: 'output', text: printed.join('\n') }];
  const everything = places.map(({ text }) => text).join('\n');
  const leaks = secrets.filter(({ value }) => formsOf(value).some((form) => everything.includes(form)));
  assert.deepEqual(
    leaks.map(({ name, value }) => `${name}: a secret of ${value.length} units`),
    [],
  );
});

/**
 * Runs every command that reads snapshots on every file, with the names of the keys that are sealed, and gives what they
 * print: what is restored is for the person to read, and lies in `restored`.
 */
async function lookAtEverything(files: readonly string[], restored: string): Promise<string[]> {
  await mkdir(restored, { recursive: true });
  const lines = (await run('snapshots', '--json')).split('\n');
  const listed = lines.map((line) => JSON.parse(line) as { id: string; name: string });
  const printed: string[] = [];
  for (const [index, file] of files.entries()) {
    // Each command opens the store anew: every fifth file, of all formats, is enough of them.
    if (index % 5 !== 0) continue;
    const [after, before] = listed.filter(({ name }) => name === file).map(({ id }) => id);
    if (before === undefined || after === undefined) continue;
    const shown = await run('show', before);
    printed.push(shown, await run('diff', before, after), await run('diff', before, '--json'));
    const keys = [...shown.matchAll(/^# sealed: (.+) \(\S+\)$/gm)].slice(0, 2).map(([, key]) => key!);
    for (const key of keys) printed.push(await run('history', file, key), await run('history', file, key, '--json'));
    const target = path.join(restored, String(index));
    printed.push(await run('restore', before, '--dry-run'), await run('restore', before, '--to', target));
    // It exists by now: refused, then replaced after a snapshot of it, one key alone as well.
    printed.push(
      await run('restore', after, '--to', target),
      await run('restore', after, '--to', target, '--overwrite'),
    );
    if (keys[0]) printed.push(await run('restore', before, '--to', target, '--overwrite', '--key', keys[0]));
  }
  assert.ok(printed.length >= files.length, `${printed.length} commands`);
  return printed;
}

/** What the labels leave of a text. */
function outside(text: string, secrets: readonly { start: number; end: number }[]): string {
  let at = 0;
  const pieces = secrets.map(({ start, end }) => {
    const piece = text.slice(at, start);
    at = end;
    return piece;
  });
  return [...pieces, text.slice(at)].join('\n');
}

test('the search itself finds a secret in every form', () => {
  const secret = 'correct "horse" é';
  const bytes = Buffer.from(secret);
  for (const text of [
    secret,
    encodeURIComponent(secret),
    JSON.stringify({ a: secret }),
    bytes.toString('hex'),
    ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}z`).toString('base64')),
  ]) {
    const haystack = Buffer.from(text).toString('latin1');
    assert.ok(
      formsOf(secret).some((form) => haystack.includes(form)),
      text,
    );
  }
});
