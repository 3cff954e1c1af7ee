import * as vscode from 'vscode';
import { writeSampleWorkspace } from './writeSampleWorkspace.ts';

/**
 * Writes the sample workspace, with its logs ending this week, and opens it: in this window when nothing is open here, else
 * in a new one.
 */
export async function openSampleWorkspace(context: vscode.ExtensionContext): Promise<void> {
  const folder = await writeSampleWorkspace(context.extensionPath, context.globalStorageUri.fsPath, Date.now());
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder), { forceNewWindow });
}
