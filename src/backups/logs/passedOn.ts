/** What a program that passes on a tool's lines puts in front of each, after the stamp. */

const heads = [
  // [db] · [INFO ]
  /^\[ ?[\w.@/-]{1,60} {0,4}\][ \t]{1,60}(?=\S)/,
  // INFO · [ERROR] · warning: · INFO -
  /^[[(]?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRITICAL|FATAL)[\])]?(?: ?[:|-])?[ \t]{1,60}(?=\S)/i,
  // restic: · [restic] - · backup.Job:
  /^\[?[\w.-]{1,40}\]?(?: ?[:|-])[ \t]{1,60}(?=\S)/,
];
/** Of a tag there may be two. */
const most = [2, 1, 1];

/** What a line in the form of `time=… level=info msg="…"` says. */
const message = /(?:^|\s)msg="((?:[^"\\]|\\.){1,2000})"/;

/**
 * The line without what stands in front of it: tags, a level, a program's name, in any order, each taken off in turn; or
 * what its `msg` says. Empty when nothing does.
 *
 * @example withoutHeads('INFO restic: snapshot 79c92c2c saved')
 * //=> ['restic: snapshot 79c92c2c saved', 'snapshot 79c92c2c saved']
 */
export function withoutHeads(line: string): string[] {
  const said = line.includes('msg="') ? message.exec(line) : null;
  if (said) return [said[1]!.replaceAll(/\\(.)/g, '$1')];
  const rests: string[] = [];
  const taken = [0, 0, 0];
  let rest = line;
  for (;;) {
    const which = heads.findIndex((head, n) => taken[n]! < most[n]! && head.test(rest));
    if (which < 0) return rests;
    taken[which]!++;
    rest = rest.replace(heads[which]!, '');
    rests.push(rest);
  }
}
