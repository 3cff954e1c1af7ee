/** A key of a YAML mapping with the lines that belong to it. */
export interface Block {
  key: string;
  /** From 0. */
  line: number;
  indent: number;
  text: string;
}

/**
 * The keys of a YAML mapping that stand at one indentation, each with its lines, between two lines. Enough to point at a
 * place; what a value means is read by the tool that owns the file.
 *
 * @example
 * indentedBlocks('a:\n  b: 1\nc: 2', { indent: 0 }).map(({ key }) => key) //=> ['a', 'c']
 */
export function indentedBlocks(
  text: string,
  { indent, from = 0, to = Infinity }: { indent: number; from?: number; to?: number },
): Block[] {
  const lines = text.split('\n').slice(0, to);
  const blocks: Block[] = [];
  for (let line = from; line < lines.length; line++) {
    const match = /^( *)(["']?)([^\s#'"-](?:[^'":#]|:(?=\S))*)\2\s*:(?:\s|$)/.exec(lines[line]!);
    if (match?.[1]?.length !== indent) continue;
    let end = line + 1;
    while (end < lines.length && isInside(lines[end]!, indent)) end++;
    blocks.push({ key: match[3]!.trim(), line, indent, text: lines.slice(line, end).join('\n') });
  }
  return blocks;
}

/** The indentation of the first key under a line; null when there is none. */
export function childIndent(block: Block): number | null {
  const child = block.text
    .split('\n')
    .slice(1)
    .find((line) => /^\s*[^\s#-]/.test(line));
  const indent = child === undefined ? 0 : child.search(/\S/);
  return indent > block.indent ? indent : null;
}

/** The keys directly under a block's own key, with the lines of the whole text. */
export function childBlocks(text: string, parent: Block): Block[] {
  const indent = childIndent(parent);
  if (indent === null) return [];
  const to = parent.line + parent.text.split('\n').length;
  return indentedBlocks(text, { indent, from: parent.line + 1, to });
}

// A list may stand at the indentation of its key.
function isInside(line: string, indent: number): boolean {
  if (line.trim() === '' || /^\s*#/.test(line)) return true;
  const own = line.search(/\S/);
  return own > indent || (own === indent && /^\s*-\s/.test(line));
}
