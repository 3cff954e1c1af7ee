/**
 * Whether a file's path matches a glob pattern: `*` and `?` within a name, `**` over folders, `{a,b}` alternatives. A
 * pattern without a slash is about the file's name; one that begins with neither slash nor drive may begin in any folder.
 *
 * @example matchesGlob('/var/log/dump-1.log', 'log/dump-*.log') //=> true
 */
export function matchesGlob(path: string, glob: string): boolean {
  const plain = glob.replaceAll('\\', '/');
  const rooted = /^(?:\/|[A-Za-z]:|\*\*\/)/.test(plain) ? plain : `**/${plain}`;
  return new RegExp(`^${expressionOf(rooted)}$`).test(path.replaceAll('\\', '/'));
}

function expressionOf(glob: string): string {
  let expression = '';
  let braces = 0;
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (glob.startsWith('**/', at)) {
      expression += '(?:.*/)?';
      at += 2;
    } else if (char === '*') {
      expression += glob[at + 1] === '*' ? '.*' : '[^/]*';
      while (glob[at + 1] === '*') at++;
    } else if (char === '?') expression += '[^/]';
    else if (char === '{' && glob.includes('}', at)) {
      braces++;
      expression += '(?:';
    } else if (char === '}' && braces > 0) {
      braces--;
      expression += ')';
    } else if (char === ',' && braces > 0) expression += '|';
    else expression += char.replace(/[.+^$()[\]|\\{}]/, '\\$&');
  }
  return expression + ')'.repeat(braces);
}
