import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport, inWorkspace, until, withSetting } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';

const job = 'of-the-findings';

suite('findings', () => {
  let extension: TestedExtension;
  let log: vscode.Uri;
  let crontab: vscode.Uri;

  suiteSetup(async () => {
    extension = await extensionWithReport();
    log = vscode.Uri.file(inWorkspace('logs', 'findings', 'of-the-findings.jsonl'));
    crontab = vscode.Uri.file(inWorkspace('cron.d', 'backup'));
    for (const { fsPath } of [log, crontab]) mkdirSync(path.dirname(fsPath), { recursive: true });
    const nights = Array.from({ length: 20 }, (_, night) =>
      night < 10 ? ('completed' as const) : ('failed' as const),
    );
    writeFileSync(log.fsPath, `{"backup_id": broken\n${genericLog(job, nights, nightsAgo(20))}`);
    writeFileSync(crontab.fsPath, '# backups\n0 2 * * * root run-it --log /var/log/of-the-findings.jsonl\n');
    await extension.internals.monitor.analyze();
    await until('the definition is found', () => extension.internals.findings.definitions.files.has(crontab.fsPath));
  });
  suiteTeardown(async () => {
    for (const { fsPath } of [log, crontab]) rmSync(path.dirname(fsPath), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await extension.internals.monitor.analyze();
  });

  /** The problems of a file: line from 1, code, severity. */
  const problems = (uri: vscode.Uri): [number, unknown, vscode.DiagnosticSeverity][] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Backup Foresight')
      .map(({ range, code, severity }): [number, unknown, vscode.DiagnosticSeverity] => [
        range.start.line + 1,
        code,
        severity,
      ])
      .sort(([a], [b]) => a - b);
  /** Whether the last failure is a problem there. */
  const hasFailure = (uri: vscode.Uri): boolean =>
    problems(uri).some(([line, code]) => code === 'failure' && (uri === crontab || line === 21));

  test('a failure and a damaged line are problems on their lines of the log', () => {
    assert.deepEqual(problems(log), [
      [1, 'skippedLine', vscode.DiagnosticSeverity.Warning],
      ...Array.from({ length: 9 }, (_, i) => [12 + i, 'failure', vscode.DiagnosticSeverity.Hint]),
      [21, 'failure', vscode.DiagnosticSeverity.Error],
    ]);
  });

  test('the last failure is a problem where the job is defined, with the way to its log', () => {
    const [diagnostic] = vscode.languages.getDiagnostics(crontab).filter(({ code }) => code === 'failure');
    assert.equal(diagnostic?.range.start.line, 1);
    assert.match(diagnostic.message, /^of-the-findings: The last run failed/);
    assert.equal(diagnostic.relatedInformation?.[0]?.location.uri.fsPath, log.fsPath);
  });

  test('the risk stands above the definition, and in the log above the last run', async () => {
    for (const [uri, line] of [
      [crontab, 1],
      [log, 20],
    ] as const) {
      await vscode.window.showTextDocument(uri);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      const own = lenses.filter(({ command }) => command?.title.includes(job));
      assert.deepEqual(
        own.map(({ range }) => range.start.line),
        [line],
      );
      assert.match(own[0]!.command!.title, /of-the-findings: \d+ % risk/);
    }
  });

  test('pointing at the definition shows why', async () => {
    const at = new vscode.Position(1, 5);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', crontab, at);
    const text = hovers
      .flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value))
      .join('\n');
    assert.match(text, /of\\-the\\-findings/);
    assert.match(text, /Risk of failure/);
    assert.match(text, /\*\*Why\*\*/);
  });

  const fixes = async (uri: vscode.Uri, line: number): Promise<vscode.CodeAction[]> => {
    await vscode.window.showTextDocument(uri);
    const range = new vscode.Range(line, 0, line, 1);
    return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
  };

  test('Mark as Expected takes the failure away everywhere, until it is taken back', async () => {
    const { marks } = extension.internals.findings;
    const offered = await fixes(log, 20);
    const titles = offered.map(({ title }) => title);
    for (const title of ['Mark as Expected', `Snooze ${job}…`, `Open Report of ${job}`])
      assert.ok(titles.includes(title), title);
    const { command } = offered.find(({ title }) => title === 'Mark as Expected')!;
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    assert.ok(!hasFailure(log));
    assert.ok(!hasFailure(crontab));
    await extension.internals.monitor.analyze();
    assert.ok(!hasFailure(log), 'nor does the next analysis bring it back');
    await marks.forget({ keys: marks.expected.map(({ key }) => key) });
    assert.ok(hasFailure(log) && hasFailure(crontab));
  });

  test('a snoozed job has no problems until the snooze ends', async () => {
    const { marks } = extension.internals.findings;
    await marks.snooze(job, Date.now() + 400);
    assert.ok(!hasFailure(log) && !hasFailure(crontab));
    await until('the snooze has ended', () => hasFailure(log) && hasFailure(crontab));
  });

  test('an anomaly that is expected is none, and what follows is compared with it', async () => {
    const { monitor, findings, jobsView } = extension.internals;
    const shrunk = 'of-the-anomaly';
    const file = inWorkspace('logs', 'findings', 'of-the-anomaly.jsonl');
    const lines = genericLog(
      shrunk,
      Array.from({ length: 40 }, () => 'completed' as const),
      nightsAgo(41),
    ).split('\n');
    const shrink = (line: string): string => line.replace(/"size_bytes":\d+/, '"size_bytes":90000000');
    writeFileSync(file, lines.map((line, night) => (night < 38 ? line : shrink(line))).join('\n'));
    await monitor.analyze();
    const found = (): string[] =>
      monitor.job(shrunk)!.anomalies.flatMap(({ isAnomaly, metric }) => (isAnomaly ? metric : []));
    assert.deepEqual(found(), ['size']);
    const [concern] = findings.concerns.open.filter(({ job: id, kind }) => id === shrunk && kind === 'anomaly');
    const node = jobsView.tree.roots
      .find(({ id }) => id === shrunk)!
      .children()
      .flatMap((group) => group.children())
      .find((child) => (child as { concern?: string }).concern === concern?.key);
    await vscode.commands.executeCommand(commands.markAsExpected, node);
    await until('it is no finding any more', () => found().length === 0);
    await findings.marks.forget({ keys: [concern!.key] });
    await until('it is one again', () => found().length === 1);
  });

  test('settings turn problems and lenses off', async () => {
    await withSetting('backupForesight.findings.problems', false, () =>
      until('the problems are gone', () => problems(log).length === 0 && problems(crontab).length === 0),
    );
    await until('the problems are back', () => hasFailure(log));
    await vscode.window.showTextDocument(log);
    await withSetting('backupForesight.findings.codeLens', false, async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', log);
      assert.deepEqual(
        lenses.filter(({ command }) => command?.title.includes(job)),
        [],
      );
    });
  });

  test('a definition that changes is read again', async () => {
    writeFileSync(crontab.fsPath, '0 2 * * * root run-it --log /var/log/another.jsonl\n');
    await until('the problem is gone', () => problems(crontab).length === 0);
    writeFileSync(crontab.fsPath, '\n\n0 2 * * * root run-it --log /var/log/of-the-findings.jsonl\n');
    await until('it is at its new line', () => problems(crontab).some(([line]) => line === 3));
  });
});
