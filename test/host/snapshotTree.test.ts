import assert from 'node:assert/strict';
import type { SnapshotSummary } from '../../src/configs/snapshotSummary.ts';
import { SnapshotConfigNode, SnapshotTypeNode } from '../../src/vscode/views/nodes/snapshotNode.ts';
import type { TreeNode } from '../../src/vscode/views/nodes/treeNode.ts';
import { machineWording } from '../../src/vscode/wording.ts';

suite('the tree of very many snapshots', () => {
  const drifts = new Map<string, string>();
  const speech = { wording: machineWording(), driftText: (file: string) => drifts.get(file) ?? '' };
  const nameOf = (number: number): string => `/srv/app${String(number).padStart(4, '0')}.env`;
  const snapshotOf = (name: string): SnapshotSummary => ({
    id: name,
    type: 'file',
    name,
    createdAt: 0,
    format: 'dotenv',
    secrets: 1,
    changedKeys: null,
    pinned: false,
  });
  const rows = Array.from({ length: 1234 }, (_, n) => snapshotOf(nameOf(n)));

  /** Goes through the whole tree as VS Code does that is shown everything. */
  function configsBelow(node: TreeNode): SnapshotConfigNode[] {
    node.item();
    const children = node.children();
    assert.ok(children.length <= 100, `${children.length} children`);
    return node instanceof SnapshotConfigNode ? [node] : children.flatMap(configsBelow);
  }

  test('a node never has more children than VS Code takes in without a pause, and every configuration is there', () => {
    const root = new SnapshotTypeNode('file', rows.toReversed(), speech);
    assert.deepEqual(
      configsBelow(root).map(({ config }) => config.name),
      rows.map(({ name }) => name),
    );
    const [first, second] = root.children();
    assert.equal(first!.item().label, 'app0000.env – app0099.env');
    assert.equal(second!.item().label, 'app0100.env – app0199.env');
    assert.equal(first!.item().description, 'configurations: 100');
    const few = new SnapshotTypeNode('file', rows.slice(0, 100), speech);
    assert.ok(few.children().every((node) => node instanceof SnapshotConfigNode));
  });

  test('one configuration more shows anew only the stretches from its own on', () => {
    const root = new SnapshotTypeNode('file', rows, speech);
    const stretches = root.children();
    const [before] = configsBelow(root);
    const changed = root.update([snapshotOf('/srv/app1150x.env'), ...rows]);
    assert.deepEqual(root.children(), stretches);
    assert.deepEqual(changed, stretches.slice(11));
    assert.equal(configsBelow(root)[0], before);
    assert.equal(configsBelow(root).length, rows.length + 1);
  });

  test('a configuration that has drifted is found in its stretch', () => {
    const root = new SnapshotTypeNode('file', rows, speech);
    const node = configsBelow(root)[700]!;
    assert.deepEqual(root.drifted(), []);
    drifts.set(nameOf(700), 'changed');
    assert.deepEqual(root.drifted(), [node]);
    node.item();
    assert.deepEqual(root.drifted(), []);
  });
});
