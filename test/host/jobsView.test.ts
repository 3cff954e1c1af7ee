import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { JobReport } from '../../src/backups/report.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { JobNode } from '../../src/vscode/views/nodes/jobNode.ts';
import type { TreeNode } from '../../src/vscode/views/nodes/treeNode.ts';
import { SpokenTree } from '../../src/vscode/views/spokenTree.ts';
import { extensionWithReport, until } from './extensionUnderTest.ts';

/** A node of a tree by the labels on the way to it. */
function nodeAt(roots: readonly TreeNode[], ...labels: string[]): TreeNode {
  const [label, ...rest] = labels;
  const node = roots.find((candidate) => labelOf(candidate) === label);
  assert.ok(node, `${label} is not among ${roots.map((candidate) => labelOf(candidate)).join(', ')}`);
  return rest.length === 0 ? node : nodeAt(node.children(), ...rest);
}

const withDescendants = (node: TreeNode): TreeNode[] => [node, ...node.children().flatMap(withDescendants)];
const labelOf = (node: TreeNode): string => {
  const { label } = node.item();
  return typeof label === 'string' ? label : '';
};
const iconOf = (node: TreeNode): string | undefined => (node.item().iconPath as vscode.ThemeIcon | undefined)?.id;

suite('view "Backup Jobs"', () => {
  let extension: TestedExtension;
  let roots: readonly TreeNode[];
  suiteSetup(async () => {
    extension = await extensionWithReport();
    await extension.internals.monitor.analyze();
    roots = extension.internals.jobsView.tree.roots;
  });

  test('the job that never succeeded is at risk and comes first', () => {
    const [first] = roots;
    assert.equal(iconOf(first!), 'error');
    assert.match(String(first!.item().description), /^(9\d|> 99) % risk/);
    assert.match(JSON.stringify(first!.item().accessibilityInformation?.label), /risk/);
  });

  test('a job tells its risk, last run, next run, storage and runs', () => {
    const labels = nodeAt(roots, 'etl-warehouse').children().map(labelOf);
    assert.deepEqual(
      labels.filter((label) => label !== 'Findings'),
      ['Risk of failure', 'Last run', 'Next run', 'Storage', 'Recent runs'],
    );
  });

  test('a run opens its log at its line', () => {
    const lastRun = nodeAt(roots, 'etl-warehouse', 'Last run');
    const item = lastRun.item();
    assert.equal(iconOf(lastRun), 'error');
    assert.match(String(item.description), /^2026-11-23 \d\d:00, failed/);
    assert.equal(item.command?.command, 'backupForesight.openLogAtRun');
    assert.deepEqual(item.command.arguments, [lastRun]);
    assert.equal(item.contextValue, 'run');
  });

  test('recent runs come newest first, and only so many', () => {
    const group = nodeAt(roots, 'etl-warehouse', 'Recent runs');
    const times = group.children().map((node) => labelOf(node));
    assert.ok(times.length >= 10 && times.length <= 100);
    assert.equal(group.item().description, `${times.length} of 400`);
    assert.deepEqual(times, times.toSorted().reverse());
  });

  test('reasons say by how much they change the risk', () => {
    const reasons = nodeAt(roots, 'etl-warehouse', 'Risk of failure').children();
    assert.ok(reasons.length > 0);
    for (const reason of reasons) assert.match(String(reason.item().description), /^[+−±]\d+ pp$/);
  });

  test('no id occurs twice, and every node knows its parent', () => {
    const { tree } = extension.internals.jobsView;
    const nodes = roots.flatMap(withDescendants);
    assert.equal(new Set(nodes.map((node) => node.id)).size, nodes.length);
    for (const node of nodes) for (const child of node.children()) assert.equal(tree.getParent(child), node, child.id);
  });

  test('a deep node can be revealed', async () => {
    const { tree, view } = extension.internals.jobsView;
    // Again when an analysis has meanwhile made new nodes of the same runs: VS Code then has to ask for them first.
    await until('the run is selected', async () => {
      const run = nodeAt(tree.roots, 'etl-warehouse', 'Recent runs').children()[7]!;
      await view.reveal(run, { select: true });
      return view.selection.length === 1 && view.selection[0]!.id === run.id;
    });
  });

  test('rows stay while analyses come and go, and only what is new is shown anew', () => {
    const { jobs } = extension.internals.monitor.report!;
    const tree = new SpokenTree();
    const shown: (readonly string[] | null)[] = [];
    const listener = tree.onDidChangeTreeData((nodes) => shown.push(nodes?.map(({ id }) => id) ?? null));
    const show = (now: readonly JobReport[], zone = 'UTC'): readonly TreeNode[] => {
      shown.length = 0;
      tree.update(zone, (speech) => structuredClone(now).map((job) => new JobNode(job, speech)));
      return tree.roots;
    };
    try {
      const roots = show(jobs);
      assert.deepEqual(shown, [null]);
      const { job } = roots[0] as JobNode;
      const runs = nodeAt(roots, job.id, 'Recent runs').children();

      assert.deepEqual(show(jobs), roots);
      assert.deepEqual(shown, [], 'the same jobs');

      const run = { ...job.lastRun, source: { ...job.lastRun.source, line: 1_000_000, endLine: 1_000_000 } };
      const later = { ...job, runs: job.runs + 1, recentRuns: [run, ...job.recentRuns] };
      assert.deepEqual(show([later, ...jobs.slice(1)]), roots);
      assert.deepEqual(shown, [[`${job.id}\nRecent runs`]], 'one run more');
      assert.deepEqual(nodeAt(roots, job.id, 'Recent runs').children().slice(1), runs);

      assert.equal(show(jobs.slice(1))[0], roots[1]);
      assert.deepEqual(shown, [null], 'one job less');
      assert.notEqual(show(jobs.slice(1), 'Asia/Tokyo')[0], roots[1]);
      assert.deepEqual(shown, [null], 'times in another zone');
    } finally {
      listener.dispose();
      tree.dispose();
    }
  });

  test('a tooltip is Markdown that can run nothing', () => {
    const job = nodeAt(roots, 'etl-warehouse');
    const item = extension.internals.jobsView.tree.resolveTreeItem(job.item(), job);
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.notEqual(item.tooltip.isTrusted, true);
    for (const word of ['etl\\-warehouse', 'Risk of failure', 'Last run', 'Why'])
      assert.ok(item.tooltip.value.includes(word), word);
  });

  test('the view "Log Files" names every file with its reader', () => {
    const files = extension.internals.logFilesView.tree.roots;
    const warehouse = nodeAt(files, 'etl-warehouse.jsonl');
    assert.equal(warehouse.item().description, 'generic, runs: 400');
    assert.ok(files.length >= 5);
  });
});
