import * as vscode from 'vscode';
import type { ConfigFormat } from '../../configs/formats/scalarValue.ts';
import type { MaskedText, SnapshotRow } from '../../protocol/vault.ts';
import { formatTime } from '../../wording/format.ts';
import { machineWording } from '../wording.ts';
import { configLabel } from '../views/snapshotTexts.ts';
import type { Vault } from './vault.ts';

const scheme = 'backup-foresight-snapshot';

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

/** Read-only documents that show a snapshot with a mask in the place of each secret. No secret ever gets into one. */
export class MaskedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #vault: Vault;
  readonly #registration: vscode.Disposable;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return textOf(await this.#vault.read('maskedText', { id: uri.query }));
  }

  /** Opens a snapshot in an editor, in the language of its format. */
  async show(row: SnapshotRow): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(maskedUri(row));
    return vscode.window.showTextDocument(await inLanguage(document, row.format), { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** A snapshot's address; its folder is the moment it was taken at, so that two of one file are told apart. */
export function maskedUri(row: SnapshotRow): vscode.Uri {
  const time = formatTime(row.createdAt, machineWording()).replace(/[\\/]/g, '-');
  const name = configLabel(row).replace(/[\\/*]/g, '_');
  return vscode.Uri.from({ scheme, path: `/${time}/${name}`, query: row.id });
}

/** The document in the first language for its format that this VS Code knows. */
export async function inLanguage(document: vscode.TextDocument, format: ConfigFormat): Promise<vscode.TextDocument> {
  const known = await vscode.languages.getLanguages();
  const language = languages[format].find((id) => known.includes(id));
  if (language === undefined || document.languageId === language) return document;
  return vscode.languages.setTextDocumentLanguage(document, language);
}

function textOf({ text }: MaskedText): string {
  return (
    text ??
    `${vscode.l10n.t('The whole content is sealed: it is no text, or not sure what in it is secret. A restore gives it back to the byte.')}\n`
  );
}
