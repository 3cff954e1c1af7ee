import * as vscode from 'vscode';
import type { SettingId } from '../contributions.ts';
import { checkGlobs, checkSettings, type GlobSettingId, type Settings } from './checkSettings.ts';
import type { Log } from './log.ts';

const section = 'backupForesight';

/** The settings with their live values: read them when they are needed, not before. */
export class LiveSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #log: Log;
  readonly #subscription: vscode.Disposable;
  #current: Settings | null = null;
  readonly #toldWrong = new Set<string>();

  /** Told after any setting of this extension changed. */
  readonly onDidChange = this.#changed.event;

  constructor(log: Log) {
    this.#log = log;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(section)) return;
      this.#current = null;
      this.#changed.fire();
    });
  }

  get current(): Settings {
    if (this.#current === null) {
      const configuration = vscode.workspace.getConfiguration();
      this.#current = checkSettings((id) => configuration.get<unknown>(id));
      for (const id of this.#current.wrong) this.#tellWrong(id, configuration.get<unknown>(id));
    }
    return this.#current;
  }

  /** The glob patterns of one workspace folder. */
  globsIn(folder: vscode.WorkspaceFolder, id: GlobSettingId = 'backupForesight.logs.globs'): string[] {
    return checkGlobs(id, vscode.workspace.getConfiguration(undefined, folder).get(id));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  // Once for each wrong value: settings are read again and again.
  #tellWrong(id: SettingId, value: unknown): void {
    const shown = JSON.stringify(value);
    if (this.#toldWrong.has(id + shown)) return;
    this.#toldWrong.add(id + shown);
    this.#log.warn(`The setting ${id} is not usable and counts as not set: ${shown}`);
    const openSettings = vscode.l10n.t('Open Settings');
    const text = vscode.l10n.t(
      'The setting {0} cannot be used: {1}. Until it is corrected it counts as not set.',
      id,
      shown,
    );
    void vscode.window.showWarningMessage(text, openSettings).then((choice) => {
      if (choice === openSettings) void vscode.commands.executeCommand('workbench.action.openSettings', id);
    });
  }
}
