import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport, inWorkspace, until } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';

interface Defined {
  file: string;
  job: string;
  /** From 0: where the job is defined in the text. */
  line: number;
  text: string;
}

/** A file of each kind that can define a job, as a workspace has it. */
const defined: readonly Defined[] = [
  {
    file: 'etc/cron.d/nightly',
    job: 'def-cron',
    line: 1,
    text: '# backups\n0 2 * * * root run-it --log /var/log/def-cron.jsonl\n',
  },
  {
    file: 'etc/systemd/def-timer.timer',
    job: 'def-timer',
    line: 3,
    text: '[Unit]\nDescription=Nightly backup\n[Timer]\nOnCalendar=*-*-* 02:00\nPersistent=true\n',
  },
  {
    file: 'etc/systemd/def-service.service',
    job: 'def-service',
    line: 2,
    text: '[Service]\nType=oneshot\nExecStart=/usr/local/bin/run-it\n',
  },
  {
    file: 'etc/borgmatic/config.yaml',
    job: 'def-borgmatic',
    line: 3,
    text: 'source_directories:\n  - /home\nrepositories:\n  - path: ssh://vault.example.net/./home.borg\n    label: def-borgmatic\n',
  },
  {
    file: 'etc/resticprofile/profiles.yaml',
    job: 'def-profile',
    line: 1,
    text: 'version: "1"\ndef-profile:\n  repository: "local:/mnt/def"\n  backup:\n    source: /srv\n',
  },
  {
    file: 'etc/resticprofile/profiles.toml',
    job: 'def-toml',
    line: 1,
    text: 'version = "1"\n[def-toml]\nrepository = "local:/mnt/toml"\n[def-toml.backup]\nsource = "/srv"\n',
  },
  {
    file: '.github/workflows/nightly.yml',
    job: 'def-actions',
    line: 4,
    text: 'on:\n  schedule:\n    - cron: "0 2 * * *"\njobs:\n  def-actions:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./backup.sh\n',
  },
  {
    file: '.gitlab-ci.yml',
    job: 'def-gitlab',
    line: 1,
    text: 'stages: [backup]\ndef-gitlab:\n  stage: backup\n  script:\n    - ./backup.sh\n',
  },
  {
    file: 'dags/nightly.py',
    job: 'def-dag',
    line: 2,
    text: 'from airflow import DAG\n\nwith DAG(dag_id="def-dag", schedule="0 2 * * *") as dag:\n    pass\n',
  },
];

suite('definitions of jobs', () => {
  let extension: TestedExtension;
  const logOf = ({ job }: Defined): string => inWorkspace('logs', 'defined', `${job}.jsonl`);
  const uriOf = ({ file }: Defined): vscode.Uri => vscode.Uri.file(inWorkspace(file));

  suiteSetup(async () => {
    extension = await extensionWithReport();
    const nights = Array.from({ length: 20 }, (_, night) =>
      night < 10 ? ('completed' as const) : ('failed' as const),
    );
    mkdirSync(inWorkspace('logs', 'defined'), { recursive: true });
    for (const definition of defined) {
      const { file, job, text } = definition;
      writeFileSync(logOf(definition), genericLog(job, nights, nightsAgo(20)));
      mkdirSync(path.dirname(inWorkspace(file)), { recursive: true });
      writeFileSync(inWorkspace(file), text);
    }
    await extension.internals.monitor.analyze();
  });
  suiteTeardown(async () => {
    for (const folder of ['etc', 'dags', '.github', '.gitlab-ci.yml', path.join('logs', 'defined')])
      rmSync(inWorkspace(folder), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await extension.internals.monitor.analyze();
  });

  for (const definition of defined) {
    const { file, job, line } = definition;
    test(`${file} has problem, risk and reasons at its job`, async () => {
      const uri = uriOf(definition);
      const failure = await until('the problem', () =>
        vscode.languages.getDiagnostics(uri).find(({ code }) => code === 'failure'),
      );
      assert.equal(failure.range.start.line, line);
      assert.match(failure.message, new RegExp(`^${job}: The last run failed`));
      assert.equal(failure.relatedInformation?.[0]?.location.uri.fsPath, logOf(definition));

      await vscode.workspace.openTextDocument(uri);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      const own = lenses.filter(({ command }) => command?.title.includes(job));
      assert.deepEqual(
        own.map(({ range }) => range.start.line),
        [line],
      );
      assert.match(own[0]!.command!.title, new RegExp(`${job}: \\d+ % risk`));

      const at = new vscode.Position(line, 3);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
      const text = hovers
        .flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value))
        .join('\n');
      assert.ok(text.includes(job.replace('-', '\\-')), text);
      assert.match(text, /Risk of failure/);
      assert.match(text, /\*\*Why\*\*/);
    });
  }
});
