import type { Definition } from './definition.ts';
import { indentedBlocks } from './indentedBlocks.ts';

/**
 * The repositories of a borgmatic configuration, each at its line, named by its label if it has one.
 *
 * @example
 * borgmatic('repositories:\n  - path: /mnt/a.borg\n    label: local')
 * //=> [{ line: 1, name: 'local', text: 'borgmatic\n  - path: /mnt/a.borg\n    label: local' }]
 */
export function borgmatic(text: string): Definition[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*repositories\s*:/.test(line));
  if (start < 0) return [];
  const [block] = indentedBlocks(text, { indent: lines[start]!.search(/\S/), from: start });
  const end = start + (block?.text.split('\n').length ?? 1);
  const entries: Definition[] = [];
  // What is the same for all of them tells them apart from other files' ones.
  const shared = lines.filter((line) => /^\s*(?:log_file|archive_name_format|match_archives)\s*:/.test(line));
  for (let line = start + 1; line < end; line++) {
    if (!/^\s*-\s*\S/.test(lines[line]!)) continue;
    let next = line + 1;
    while (next < end && !/^\s*-\s*\S/.test(lines[next]!)) next++;
    const entry = lines.slice(line, next);
    const label = /\blabel\s*:\s*["']?([^"'\s#]+)/.exec(entry.join('\n'))?.[1] ?? null;
    entries.push({ line, name: label, text: ['borgmatic', ...entry, ...shared].join('\n') });
  }
  return entries;
}
