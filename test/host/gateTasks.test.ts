import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { taskTypes } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { GateTerminal } from '../../src/vscode/gate/gateTerminal.ts';
import { extensionWithReport, inWorkspace } from './extensionUnderTest.ts';

suite('gate tasks', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await extensionWithReport();
  });

  /** What a gate prints, and the exit code it ends with. */
  async function run(job: unknown, maxRisk?: unknown): Promise<{ text: string; code: number }> {
    const { monitor, settings, log } = extension.internals;
    const terminal = new GateTerminal(job, maxRisk, { monitor, settings, log });
    let text = '';
    terminal.onDidWrite((piece) => (text += piece));
    const ended = new Promise<number>((resolve) => void terminal.onDidClose(resolve));
    terminal.open();
    return { code: await ended, text };
  }

  test('one is offered for every job', async () => {
    const offered = await vscode.tasks.fetchTasks({ type: taskTypes.gate });
    const jobs = extension.internals.monitor.report!.jobs.map(({ id }) => id);
    assert.deepEqual(offered.map((task) => String(task.definition['job'])).sort(), jobs.toSorted());
  });

  test('VS Code runs it and gets its exit code', async () => {
    const [task] = await vscode.tasks.fetchTasks({ type: taskTypes.gate });
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        listener.dispose();
        resolve(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(task!);
    const { prediction } = extension.internals.monitor.job(String(task!.definition['job']))!;
    assert.equal(await ended, prediction?.decision.action === 'delay_or_manual' ? 10 : 0);
  });

  test('it waits above the limit and proceeds below, and says why', async () => {
    const job = extension.internals.monitor.report!.jobs.find(({ prediction }) => prediction !== null)!;
    const waits = await run(job.id, 0);
    assert.equal(waits.code, 10);
    assert.match(waits.text, /^Wait with the backup of .*\r\nThe risk of \d+ % is above the limit of 0 %\.\r\n/);
    const proceeds = await run(job.id, 1);
    assert.equal(proceeds.code, 0);
    assert.match(
      proceeds.text,
      /^Proceed with the backup of .*\r\nThe risk of \d+ % is within the limit of 100 %\.\r\n/,
    );
  });

  test('a job that cannot be predicted proceeds, and the reason is told', async () => {
    const log = inWorkspace('logs', 'unpredictable.jsonl');
    writeFileSync(log, '{"backup_id":"unpredictable","status":"cancelled","start_time":"2026-01-01T00:00:00Z"}\n');
    try {
      const { code, text } = await run('unpredictable', 0);
      assert.equal(code, 0);
      assert.match(text, /^Proceed .*\r\nCannot be predicted/);
    } finally {
      rmSync(log);
    }
  });

  test('a wrong definition is an error that names what is wrong', async () => {
    for (const [job, maxRisk, told] of [
      ['no such job', undefined, /There is no job “no such job”; the logs hold: \w/],
      [undefined, undefined, /names no job/],
      ['web', 7, /maxRisk has to be a number from 0 to 1, not 7/],
    ] as const) {
      const { code, text } = await run(job, maxRisk);
      assert.equal(code, 1);
      assert.match(text, told);
    }
  });
});
