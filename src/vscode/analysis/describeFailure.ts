import * as vscode from 'vscode';
import { RpcError } from '../../protocol/rpc.ts';

/** One line that says why a call of the analysis has no result. */
export function describeFailure(error: unknown): string {
  if (error instanceof RpcError && error.failure === 'peerGone')
    return vscode.l10n.t('The analysis ended unexpectedly. It starts again with the next request.');
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]!;
}
