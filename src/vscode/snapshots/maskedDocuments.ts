import * as vscode from 'vscode';
import type { ConfigFormat } from '../../configs/formats/scalarValue.ts';
import type { ComparedTexts, ComparedWith, ConfigName, RestoreTarget } from '../../protocol/vault.ts';
import type { SnapshotSummary } from '../../configs/snapshotSummary.ts';
import { formatTime } from '../../wording/format.ts';
import { configLabel } from '../views/snapshotTexts.ts';
import { machineWording } from '../wording.ts';
import { requireTrust } from './requireTrust.ts';
import type { Vault } from './vault.ts';

const scheme = 'backup-foresight-snapshot';

/** Stands for a secret in every masked text. */
export const secretMask = '••••••••';

/** Two masked texts beside each other: of two snapshots, of a snapshot and what is there now, or of a restore. */
export type Comparison =
  | { kind: 'snapshots'; before: string; after: string }
  | { kind: 'current'; before: string; config: ConfigName }
  | { kind: 'restore'; target: RestoreTarget };

/** What a document shows; it is the document's address, so that the document can be made again after a reload. */
type Shown = { snapshot: string } | { comparison: Comparison; side: 'before' | 'after' };

/** Languages in which VS Code or a common extension shows a format; the first that is there is taken. */
const languages: Record<ConfigFormat, readonly string[]> = {
  yaml: ['yaml'],
  json: ['jsonc', 'json'],
  dotenv: ['dotenv', 'properties', 'shellscript'],
  ini: ['ini', 'properties'],
  toml: ['toml', 'ini'],
  nginx: ['nginx', 'properties'],
  text: ['plaintext'],
  opaque: ['plaintext'],
};

/** Read-only documents that show configurations with a mask in the place of each secret. No secret gets into one. */
export class MaskedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #vault: Vault;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #parts: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#parts = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#refresh(uri)),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const shown = JSON.parse(uri.query) as Shown;
    if ('snapshot' in shown)
      return (await this.#vault.read('maskedText', { id: shown.snapshot })).text ?? `${sealedText()}\n`;
    return sideOf(await compare(this.#vault, shown.comparison), shown.side);
  }

  /** Opens a snapshot in an editor, in the language of its format. */
  async show(row: SnapshotSummary): Promise<vscode.TextEditor> {
    const document = await open(uriOf(row, { snapshot: row.id }), row.format);
    return vscode.window.showTextDocument(document, { preview: true });
  }

  /** Opens a comparison in VS Code's own diff editor. `row` is the snapshot that it starts from. */
  async showComparison(row: SnapshotSummary, comparison: Comparison, title: string): Promise<void> {
    const [before, after] = [uriOf(row, { comparison, side: 'before' }), uriOf(row, { comparison, side: 'after' })];
    await Promise.all([open(before, row.format), open(after, row.format)]);
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  /** Closes a comparison, wherever it is open: what it calls "now" is over. */
  async closeComparison(comparison: Comparison): Promise<void> {
    const query = JSON.stringify({ comparison, side: 'after' } satisfies Shown);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff && isOurs(input.modified, query));
    await vscode.window.tabGroups.close(tabs);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Comparisons with a file follow it when it is saved. */
  #refresh(saved: vscode.Uri): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== scheme) continue;
      const shown = JSON.parse(uri.query) as Shown;
      if ('snapshot' in shown || shown.comparison.kind !== 'current') continue;
      if (shown.comparison.config.name === saved.fsPath) this.#changed.fire(uri);
    }
  }
}

/** Ends a line of which a secret has changed: the masks of both sides look the same. */
export const changedMark = (): string => `  ◀ ${vscode.l10n.t('secret changed')}`;

/** Both sides of a comparison; nothing when a restore would find no file. */
export async function compare(vault: Vault, comparison: Comparison): Promise<ComparedTexts> {
  switch (comparison.kind) {
    case 'snapshots': {
      const { before, after } = comparison;
      return vault.read('compare', { before, after: { id: after }, changedMark: changedMark() });
    }
    case 'current': {
      // A document can be opened by its address alone, without the command that asks for trust.
      requireTrust();
      const after = currentOf(comparison.config);
      return vault.read('compare', { before: comparison.before, after, changedMark: changedMark() });
    }
    case 'restore': {
      const { texts } = await vault.write('planRestore', { ...comparison.target, changedMark: changedMark() });
      return texts ?? { isSame: false, before: '', after: '' };
    }
  }
}

/** A configuration as it is now. */
function currentOf({ type, name }: ConfigName): ComparedWith {
  return type === 'env' ? { environment: environmentWith(name) } : { path: name };
}

/** The environment variables of VS Code's extension host with a prefix. */
export function environmentWith(prefix: string): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith(prefix)));
}

function sideOf(texts: ComparedTexts, side: 'before' | 'after'): string {
  const text = texts[side];
  if (text !== null) return text;
  const mark = side === 'after' && !texts.isSame ? `\n${changedMark().trim()}` : '';
  return `${sealedText()}${mark}\n`;
}

const sealedText = (): string =>
  vscode.l10n.t(
    'The whole content is sealed: it is no text, or not sure what in it is secret. A restore gives it back to the byte.',
  );

function uriOf(row: SnapshotSummary, shown: Shown): vscode.Uri {
  // Its folder is the moment it was taken at, so that two tabs of one file can be told apart.
  const time = formatTime(row.createdAt, machineWording()).replace(/[\\/]/g, '-');
  const name = configLabel(row).replace(/[\\/*]/g, '_');
  return vscode.Uri.from({ scheme, path: `/${time}/${name}`, query: JSON.stringify(shown) });
}

const isOurs = (uri: vscode.Uri, query: string): boolean => uri.scheme === scheme && uri.query === query;

/** The document in the first language for its format that this VS Code knows. */
async function open(uri: vscode.Uri, format: ConfigFormat): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  const known = await vscode.languages.getLanguages();
  const language = languages[format].find((id) => known.includes(id));
  if (language === undefined || document.languageId === language) return document;
  return vscode.languages.setTextDocumentLanguage(document, language);
}
