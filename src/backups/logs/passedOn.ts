/** What a program that passes on a tool's lines puts in front of each, after the stamp. */

const heads = [
  // [db]
  /^\[[\w.@/-]{1,60}\] {1,4}(?=\S)/,
  // INFO · [ERROR] · warning:
  /^[[(]?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL)[\])]?(?: ?[:|-])? {1,8}(?=\S)/i,
  // restic: · [restic] -
  /^\[?[\w.-]{1,40}\]?(?: ?[:|-]) {1,60}(?=\S)/,
];

/**
 * The line without a tag, then without a level, then without a program's name: each that stands there is taken off in
 * turn. Empty when nothing does.
 *
 * @example withoutHeads('INFO restic: snapshot 79c92c2c saved')
 * //=> ['restic: snapshot 79c92c2c saved', 'snapshot 79c92c2c saved']
 */
export function withoutHeads(line: string): string[] {
  const rests: string[] = [];
  let rest = line;
  for (const head of heads) {
    const found = head.exec(rest);
    if (!found) continue;
    rest = rest.slice(found[0].length);
    rests.push(rest);
  }
  return rests;
}
