import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as vscode from 'vscode';
import { UserError } from './userError.ts';

/** Documents under it are the text of compressed logs. */
export const gzipLogScheme = 'backup-foresight-gzip';

/** VS Code shows no more than this of a document to extensions. */
const maxBytes = 50 * 2 ** 20;

/** Whether a log is compressed, and an editor would show only its bytes. */
function isGzip(fsPath: string): boolean {
  return /\.gz$/i.test(fsPath);
}

/** The address under which the unpacked text of a compressed log can be opened, read-only. */
function unpackedUri(fsPath: string): vscode.Uri {
  const file = vscode.Uri.file(fsPath);
  return file.with({ scheme: gzipLogScheme, path: file.path.replace(/\.gz$/i, ''), query: fsPath });
}

/** The address under which a log is opened as text. */
export function logUri(fsPath: string): vscode.Uri {
  return isGzip(fsPath) ? unpackedUri(fsPath) : vscode.Uri.file(fsPath);
}

/** Lets editors show the text of rotated logs that were compressed. */
export function registerGzipLogs(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(gzipLogScheme, {
    provideTextDocumentContent: async (uri) => {
      const fsPath = uri.query;
      try {
        const text = await promisify(gunzip)(await readFile(fsPath), { maxOutputLength: maxBytes });
        return text.toString('utf8');
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(vscode.l10n.t('The log {0} cannot be unpacked: {1}', fsPath, reason));
      }
    },
  });
}
