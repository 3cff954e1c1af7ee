/** The examples of docs/gate.md, as they stand there, run against the real command line. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { projectRoot } from '../workbench/projectRoot.ts';

const document = readFileSync(path.join(projectRoot, 'docs/gate.md'), 'utf8');
/** The code blocks of a language. */
const blocks = (language: string): string[] =>
  [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((block) => block[1] === language)
    .map((block) => block[2]!);

const hasShell = process.platform !== 'win32';
let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gate-document-'));
  mkdirSync(path.join(folder, 'bin'));
  const cli = path.join(projectRoot, 'src/cli/main.ts');
  const logs = path.join(projectRoot, 'sample-workspace/logs/web-01');
  // The job and the logs of the examples are on no machine; everything else is the real command.
  const script = `#!/bin/sh\nexec "${process.execPath}" "${cli}" gate "$GATE_JOB" "${logs}" --max-risk "$GATE_LIMIT"\n`;
  writeFileSync(path.join(folder, 'bin/backup-foresight'), script, { mode: 0o755 });
  writeFileSync(path.join(folder, 'backup.sh'), '#!/bin/sh\necho BACKED UP\n', { mode: 0o755 });
});
after(() => rmSync(folder, { recursive: true }));

/** Each way a gate can end, and whether the backup has to run then. */
const endings = [
  { gate: 'proceeds', job: 'web-01', limit: '1', runs: true },
  { gate: 'waits', job: 'web-01', limit: '0', runs: false },
  { gate: 'fails', job: 'no such job', limit: '0', runs: true },
];
type Ending = (typeof endings)[number];

function run(command: string, args: string[], { job, limit }: Ending): { status: number | null; output: string } {
  const env = {
    ...process.env,
    PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    GATE_JOB: job,
    GATE_LIMIT: limit,
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', timeout: 30_000 });
  return { status, output: stdout + stderr };
}

/** A command of the examples in the shell that runs it there. */
const inShell = (command: string, ending: Ending): ReturnType<typeof run> =>
  run('sh', ['-c', command.replace('/usr/local/sbin/backup-web-01', './backup.sh')], ending);

/** The command of a crontab of the examples, as cron hands it to the shell. */
function cronCommand(crontab: string): string {
  const line = crontab.split('\n').find((text) => /^(?:\S+ ){5}root /.test(text));
  assert.ok(line, crontab);
  assert.ok(!line.includes('%'), 'cron would end the command there');
  return line.replace(/^(?:\S+ ){5}root /, '');
}

for (const ending of endings) {
  const { gate, runs } = ending;
  const options = { skip: !hasShell };

  test(`cron: the gate ${gate}`, options, () => {
    const { output } = inShell(cronCommand(blocks('cron')[0]!), ending);
    assert.equal(output.includes('BACKED UP'), runs, output);
  });

  test(`systemd: the gate ${gate}`, options, () => {
    const condition = /^ExecCondition=(.*)$/m.exec(blocks('ini')[0]!)![1]!.replaceAll('$$', '$');
    assert.equal(inShell(condition, ending).status === 0, runs);
  });

  test(`GitHub Actions: the gate ${gate}`, options, () => {
    const step = /run: \|\n((?: {4}.*\n)+)/.exec(blocks('yaml')[0]!)![1]!;
    rmSync(path.join(folder, 'output'), { force: true });
    // The reason is cut out by jq, which the runners have and this machine may not.
    const { status, output } = run('bash', ['-e', '-c', step.replace(/^.*jq.*$/m, '')], ending);
    assert.equal(status, 0, output);
    assert.equal(readFileSync(path.join(folder, 'output'), 'utf8'), `wait=${!runs}\n`);
  });

  test(`GitLab CI: the gate ${gate}`, options, () => {
    const lines = [...blocks('yaml')[1]!.matchAll(/^ {4}- (.*)$/gm)].map((line) => line[1]!);
    const { status, output } = run('bash', ['-e', '-c', lines.join('\n')], ending);
    assert.equal(status, runs ? 0 : 10);
    assert.equal(output.includes('BACKED UP'), runs, output);
  });

  test(`Airflow: the gate ${gate}`, (context) => {
    const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
    if (python === undefined || !hasShell) {
      context.skip('there is no Python here');
      return;
    }
    const { output } = run(python, ['-c', `${blocks('python')[1]!}\nprint("MAY RUN", may_run())`], ending);
    assert.equal(output.includes('MAY RUN True'), runs, output);
  });
}

test('cron: a job that has waited too long is backed up', { skip: !hasShell }, () => {
  const mark = path.join(folder, 'success');
  const line = cronCommand(blocks('cron')[1]!).replace('/var/lib/backup/web-01.success', mark);
  const waits = endings.find(({ gate }) => gate === 'waits')!;
  writeFileSync(mark, '');
  assert.ok(!inShell(line, waits).output.includes('BACKED UP'));
  const fourDaysAgo = Date.now() / 1000 - 4 * 86_400;
  utimesSync(mark, fourDaysAgo, fourDaysAgo);
  assert.ok(inShell(line, waits).output.includes('BACKED UP'));
  assert.ok(existsSync(mark));
});

test('cron: the gate is found where npm puts it', () => {
  assert.equal(blocks('cron').length, 2);
  for (const crontab of blocks('cron')) assert.match(crontab, /^PATH=(?:\S+:)?\/usr\/local\/bin(?::|$)/m);
});
