/**
 * Text as Markdown that shows it literally: log lines and job names may hold anything.
 *
 * @example
 * escapeMarkdown('[a](command:b) | *c*') //=> '\\[a\\]\\(command:b\\) \\| \\*c\\*'
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A table of two columns without a heading; both are shown literally. */
export function markdownTable(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  return ['| | |', '|---|---|', ...lines].join('\n');
}

/** A list under a heading; nothing at all when the list is empty. */
export function markdownList(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return [`**${escapeMarkdown(heading)}**`, '', ...items.map((item) => `- ${escapeMarkdown(item)}`)].join('\n');
}
