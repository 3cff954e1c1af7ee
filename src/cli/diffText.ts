/** A comparison of two states of a configuration, as lines for a terminal. */
import type { ConfigDiff, DiffLine, SecretState } from '../configs/diff.ts';
import { formatKeyPath } from '../configs/formats/keyPath.ts';
import { printable } from './printable.ts';

const context = 3;

/** Changed lines with three lines around them, then the secrets that are not the same. Empty when nothing differs. */
export function diffText({ isSame, lines, keys, secrets }: ConfigDiff): string[] {
  if (isSame) return [];
  const text = lines.length > 0 ? changedLines(lines) : ['(sealed whole: only that it changed is known)'];
  const changed = secrets.filter(({ state }) => state !== 'same');
  const place = (document: number): string => (document === 0 ? '' : ` (document ${document + 1})`);
  for (const { path, document, state } of changed)
    text.push(`secret ${printable(formatKeyPath(path)) || '(all)'}${place(document)}: ${stateTexts[state]}`);
  if (lines.length > 0 && keys.length === 0) text.push('No value changed: only comments, order or layout did.');
  return text;
}

const stateTexts: Record<SecretState, string> = {
  same: 'the same',
  changed: 'changed',
  added: 'added',
  removed: 'removed',
  unknown: 'cannot be compared across configurations',
};

const signs: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };

function changedLines(lines: readonly DiffLine[]): string[] {
  const text: string[] = [];
  let last = -1;
  lines.forEach(({ kind, text: line, secretChanged }, index) => {
    const isNear = lines.slice(Math.max(0, index - context), index + context + 1).some((near) => near.kind !== 'same');
    if (!isNear) return;
    if (last !== index - 1 || last < 0) text.push(`@@ line ${lines[index]!.before ?? lines[index]!.after ?? 0} @@`);
    last = index;
    text.push(`${signs[kind]}${printable(line)}${secretChanged ? '   (secret changed)' : ''}`);
  });
  return text;
}
