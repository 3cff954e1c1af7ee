import * as vscode from 'vscode';
import { contexts, views, type SnapshotsWelcome } from '../../contributions.ts';
import type { SnapshotSummary, SnapshotType } from '../../configs/snapshotSummary.ts';
import type { Log } from '../log.ts';
import type { ConfigFindings } from '../snapshots/configFindings.ts';
import { needsRecovery } from '../snapshots/recoveryReminder.ts';
import { hasStore } from '../snapshots/storeFolder.ts';
import { storeInGitText } from '../snapshots/storeInGit.ts';
import type { Vault } from '../snapshots/vault.ts';
import { isRolledBack } from '../snapshots/vaultState.ts';
import { refusalText } from '../snapshots/vaultRefusedError.ts';
import { machineWording } from '../wording.ts';
import { driftText } from './driftBadges.ts';
import { groupBy } from './groupBy.ts';
import { NodeTree } from './nodeTree.ts';
import { SnapshotTypeNode, type SnapshotSpeech } from './nodes/snapshotNode.ts';
import type { TreeNode } from './nodes/treeNode.ts';

const types: readonly SnapshotType[] = ['file', 'env', 'application'];

const droppedFiles = 'text/uri-list';

/** What the view leaves to others. */
export interface ViewHooks {
  tell: (error: unknown) => void;
  /** Files were dropped on the view. */
  onDrop: (uris: vscode.Uri[]) => Promise<void>;
  log: Log;
}

/** The view "Config Snapshots": the tree, and what to do while there is nothing in it. */
export class SnapshotsView implements vscode.Disposable {
  readonly tree = new NodeTree();
  readonly view: vscode.TreeView<TreeNode>;
  readonly #vault: Vault;
  readonly #findings: ConfigFindings;
  readonly #tell: ViewHooks['tell'];
  readonly #log: Log;
  readonly #listeners: vscode.Disposable[];
  readonly #speech: SnapshotSpeech;
  #roots: readonly SnapshotTypeNode[] = [];
  #fault = '';

  constructor(vault: Vault, findings: ConfigFindings, { tell, onDrop, log }: ViewHooks) {
    this.#vault = vault;
    this.#findings = findings;
    this.#tell = tell;
    this.#log = log;
    this.#speech = { wording: machineWording(), driftText: (file) => driftText(findings.driftOf(file)) };
    this.view = vscode.window.createTreeView(views.snapshots, {
      treeDataProvider: this.tree,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: {
        dragMimeTypes: [],
        dropMimeTypes: [droppedFiles],
        handleDrop: (_, data) => {
          void urisIn(data).then(onDrop).catch(tell);
        },
      },
    });
    this.#listeners = [
      vault.onDidChange(() => this.#update()),
      findings.onDidChange(() => this.#showFindings()),
      this.view.onDidChangeVisibility(() => this.#loadWhenFirstSeen()),
      // Another window may have made the store meanwhile or brought its key back, or the folder may be gone.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.view.visible) void this.#lookWhetherItHolds();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()),
    ];
    this.#loadWhenFirstSeen();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.view.dispose();
    this.tree.dispose();
  }

  #loadWhenFirstSeen(): void {
    if (!this.view.visible || this.#vault.state.kind !== 'unknown') return;
    this.#vault.load().catch(this.#tell);
  }

  async #lookWhetherItHolds(): Promise<void> {
    if (this.#vault.state.kind === 'ready' && (await hasStore(this.#vault.folder))) return;
    await this.#vault.load().catch(this.#tell);
  }

  #update(): void {
    const { rows, state } = this.#vault;
    const isForgotten = state.kind === 'locked' && state.forgotten;
    void vscode.commands.executeCommand('setContext', contexts.snapshotKeyForgotten, isForgotten);
    void vscode.commands.executeCommand('setContext', contexts.snapshotsWelcome, welcomeOf(this.#vault));
    this.#showRows(rows);
    const isUnsafe = needsRecovery(this.#vault);
    void vscode.commands.executeCommand('setContext', contexts.needsRecovery, isUnsafe);
    this.#showMessage();
    this.#tellFault(state.kind === 'broken' ? refusalText(state.refusal) : '');
  }

  /** Another look mostly finds the same list, or one snapshot more: only what is new is shown anew. */
  #showRows(rows: readonly SnapshotSummary[]): void {
    const byType = groupBy(rows, ({ type }) => type);
    const changed: TreeNode[] = [];
    const roots = types.flatMap((type) => {
      const ofType = byType.get(type);
      if (!ofType) return [];
      const kept = this.#roots.find((root) => root.type === type);
      if (!kept) return [new SnapshotTypeNode(type, ofType, this.#speech)];
      changed.push(...kept.update(ofType));
      return [kept];
    });
    this.#roots = roots;
    this.tree.showKept(roots, changed);
  }

  #showFindings(): void {
    this.#showMessage();
    this.tree.showAgain(this.#roots.flatMap((root) => root.drifted()));
  }

  #showMessage(): void {
    this.view.message = messageOf(this.#vault, this.#findings);
  }

  /** Beside the title, and in the log, to which the welcome text of a broken store leads. */
  #tellFault(fault: string): void {
    if (fault !== '' && fault !== this.#fault) this.#log.warn(fault);
    this.#fault = fault;
    this.view.description = fault;
  }
}

/** Only for a tree with something in it: VS Code shows no welcome text, and none of its buttons, beneath a message. */
function messageOf(vault: Vault, { storeWorkTree }: ConfigFindings): string {
  const { state, rows, isForgetful } = vault;
  if (rows.length === 0) return '';
  if (state.kind === 'ready' && state.isResealing)
    return vscode.l10n.t('Re-encrypting the store was cut short: run Re-encrypt Store… again.');
  if (!needsRecovery(vault)) return storeWorkTree === null ? '' : storeInGitText(storeWorkTree);
  return isForgetful
    ? vscode.l10n.t(
        'This machine does not keep keys when VS Code ends. Without a recovery passphrase the snapshots are lost then.',
      )
    : vscode.l10n.t('No recovery passphrase is set up: the snapshots would be lost with their key.');
}

function welcomeOf({ state, rows }: Vault): SnapshotsWelcome {
  const beforeTheFirst = vscode.workspace.isTrusted ? 'first' : 'restricted';
  switch (state.kind) {
    case 'firstRun':
      return beforeTheFirst;
    case 'ready':
      return rows.length > 0 ? 'none' : beforeTheFirst;
    case 'locked':
      return state.hasRecovery ? 'locked' : 'keyLost';
    case 'broken':
      return isRolledBack(state) ? 'rolledBack' : 'broken';
    default:
      return 'none';
  }
}

async function urisIn(data: vscode.DataTransfer): Promise<vscode.Uri[]> {
  const list = (await data.get(droppedFiles)?.asString()) ?? '';
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line, true));
}
