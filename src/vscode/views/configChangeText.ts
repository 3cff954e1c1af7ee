import path from 'node:path';
import * as vscode from 'vscode';
import type { ConfigChange } from '../../protocol/configChange.ts';
import { formatTime, type Wording } from '../../wording/format.ts';
import { changeText } from './texts.ts';

/** A configuration's change in words: what it is called, what happened, and where and when. */
export function configChangeText(
  { type, config, key, change, seenAt }: ConfigChange,
  wording: Wording,
): { name: string; note: string; explanation: string } {
  const place = type === 'file' ? path.basename(config) : config;
  const at = formatTime(seenAt, wording);
  return {
    name: `${place}: ${key}`,
    note: changeText(change),
    explanation: vscode.l10n.t('{0}, seen in the snapshot of {1}', config, at),
  };
}
