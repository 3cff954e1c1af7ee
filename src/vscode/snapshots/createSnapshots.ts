import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { SnapshotCommandName } from '../../contributions.ts';
import { compareTwoSnapshots, compareWithCurrent } from '../commands/snapshots/compareSnapshots.ts';
import { deleteSnapshot, openStoreFolder, pinSnapshot, pruneSnapshots } from '../commands/snapshots/keepSnapshots.ts';
import { revealValue, showKeyHistory } from '../commands/snapshots/keyValues.ts';
import {
  exportSnapshotKey,
  importSnapshotKey,
  rotateSnapshotKey,
  setUpSnapshotRecovery,
  unlockSnapshots,
} from '../commands/snapshots/keyCommands.ts';
import { pickSnapshot } from '../commands/snapshots/pickSnapshot.ts';
import { restoreKey, restoreSnapshot, verifySnapshots } from '../commands/snapshots/restoreSnapshot.ts';
import { acceptRolledBackSnapshots, resealSnapshots } from '../commands/snapshots/storeCommands.ts';
import { snapshotEnvironment } from '../commands/snapshots/snapshotEnvironment.ts';
import { snapshotApplication } from '../commands/snapshots/snapshotApplication.ts';
import {
  snapshotActiveFile,
  snapshotDropped,
  snapshotFile,
  snapshotListedFiles,
  snapshotOpenConfigFiles,
  takeAutomatic,
} from '../commands/snapshots/snapshotFiles.ts';
import type { CommandHandler } from '../commands/registerCommands.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { tellError } from '../tellError.ts';
import { DriftBadges } from '../views/driftBadges.ts';
import { SnapshotsView } from '../views/snapshotsView.ts';
import { AutomaticSnapshots } from './automaticSnapshots.ts';
import { Clipboard } from './clipboard.ts';
import { ConfigFindings } from './configFindings.ts';
import { DailySnapshots } from './dailySnapshots.ts';
import { KeyStorage } from './keyStorage.ts';
import { excludeFromLocalHistory, LocalHistoryFix } from './localHistory.ts';
import { MaskedDocuments } from './maskedDocuments.ts';
import { Questions } from './questions.ts';
import { RecoveryReminder } from './recoveryReminder.ts';
import { requireTrust } from './requireTrust.ts';
import { tellOfStoreInGit } from './storeInGit.ts';
import { Vault } from './vault.ts';
import { VaultThread } from './vaultThread.ts';

/** The vault's thread keeps the store's key in memory; after this long without a call it is let go. */
const threadIdleMs = 5 * 60_000;

/** Everything about configuration snapshots, wired together. */
export interface Snapshots {
  keys: KeyStorage;
  questions: Questions;
  clipboard: Clipboard;
  automatic: AutomaticSnapshots;
  daily: DailySnapshots;
  findings: ConfigFindings;
  badges: DriftBadges;
  vault: Vault;
  view: SnapshotsView;
  thread: VaultThread;
  handlers: Record<SnapshotCommandName, CommandHandler>;
  /** Ends it all. */
  lifetime: vscode.Disposable;
}

export function createSnapshots(context: vscode.ExtensionContext, settings: LiveSettings, log: Log): Snapshots {
  const script = path.join(context.extensionPath, 'dist', 'vault.cjs');
  const thread = new VaultThread(
    () => new Worker(script),
    (error) => log.error('The vault’s thread died', error),
    threadIdleMs,
  );
  const keys = new KeyStorage(context.secrets, context.globalState);
  const vault = new Vault({
    thread,
    keys,
    settings,
    state: context.globalState,
    storage: context.globalStorageUri,
  });
  const documents = new MaskedDocuments(vault);
  const reminder = new RecoveryReminder(vault, context.globalState);
  const questions = new Questions();
  const clipboard = new Clipboard(vscode.env.clipboard);
  const parts = { vault, settings, log, questions, documents, clipboard };
  const findings = new ConfigFindings(vault, settings, log);
  const view = new SnapshotsView(vault, findings, {
    tell: (error) => tellError('The snapshots could not be looked at', error, log),
    onDrop: (uris) => {
      requireTrust();
      return snapshotDropped(parts, uris);
    },
    log,
  });
  const automatic = new AutomaticSnapshots(vault, settings, (paths) => takeAutomatic(parts, paths));
  const daily = new DailySnapshots(parts);
  const badges = new DriftBadges(findings);
  const fix = vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new LocalHistoryFix(), {
    providedCodeActionKinds: LocalHistoryFix.kinds,
  });
  return {
    keys,
    automatic,
    daily,
    findings,
    badges,
    questions,
    clipboard,
    vault,
    view,
    thread,
    handlers: {
      snapshotActiveFile: trusted(() => snapshotActiveFile(parts)),
      snapshotFile: trusted((argument) => snapshotFile(parts, argument)),
      snapshotListedFiles: trusted(() => snapshotListedFiles(parts)),
      snapshotEnvironment: trusted(() => snapshotEnvironment(parts)),
      previewSnapshot: async (argument) =>
        documents.show(await pickSnapshot(vault, argument, vscode.l10n.t('Preview Snapshot'))),
      restoreSnapshot: trusted((argument) => restoreSnapshot(parts, argument)),
      verifySnapshots: () => verifySnapshots(parts),
      snapshotOpenConfigFiles: trusted(() => snapshotOpenConfigFiles(parts)),
      snapshotApplication: trusted((argument) => snapshotApplication(parts, argument)),
      compareSnapshotWithCurrent: trusted((argument) => compareWithCurrent(parts, argument)),
      compareTwoSnapshots: (argument, selection) => compareTwoSnapshots(parts, argument, selection),
      showSnapshotKeyHistory: (argument) => showKeyHistory(parts, argument),
      revealSnapshotValue: trusted((argument) => revealValue(parts, argument)),
      restoreSnapshotKey: trusted((argument) => restoreKey(parts, argument)),
      pinSnapshot: trusted((argument) => pinSnapshot(parts, argument)),
      unpinSnapshot: trusted((argument) => pinSnapshot(parts, argument)),
      deleteSnapshot: trusted((argument) => deleteSnapshot(parts, argument)),
      pruneSnapshots: trusted(() => pruneSnapshots(parts)),
      openSnapshotFolder: () => openStoreFolder(parts),
      excludeFromLocalHistory: trusted(excludeFromLocalHistory),
      setUpSnapshotRecovery: trusted(() => setUpSnapshotRecovery(parts)),
      unlockSnapshots: () => unlockSnapshots(parts),
      rotateSnapshotKey: trusted(() => rotateSnapshotKey(parts)),
      resealSnapshots: trusted(() => resealSnapshots(parts)),
      acceptRolledBackSnapshots: trusted(() => acceptRolledBackSnapshots(parts)),
      exportSnapshotKey: trusted((argument) => exportSnapshotKey(parts, argument)),
      importSnapshotKey: (argument) => importSnapshotKey(parts, argument),
    },
    lifetime: vscode.Disposable.from(
      fix,
      badges,
      findings,
      automatic,
      daily,
      clipboard,
      reminder,
      tellOfStoreInGit(findings, context.globalState),
      view,
      documents,
      vault,
    ),
  };
}

/** A command that changes something, or reads files of the workspace: it stops before it asks anything. */
const trusted =
  (handler: CommandHandler): CommandHandler =>
  (argument, selection) => {
    requireTrust();
    return handler(argument, selection);
  };
