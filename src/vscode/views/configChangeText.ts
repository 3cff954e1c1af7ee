import * as vscode from 'vscode';
import type { ConfigChange } from '../../protocol/configChange.ts';
import { formatTime, type Wording } from '../../wording/format.ts';
import { changeText, configLabel } from './snapshotTexts.ts';

/** A configuration's change in words: what it is called, what happened, and where and when. */
export function configChangeText(
  { type, config, key, change, seenAt }: ConfigChange,
  wording: Wording,
): { name: string; note: string; explanation: string } {
  const at = formatTime(seenAt, wording);
  return {
    name: `${configLabel({ type, name: config })}: ${key}`,
    note: changeText(change),
    explanation: vscode.l10n.t('{0}, seen in the snapshot of {1}', config, at),
  };
}
