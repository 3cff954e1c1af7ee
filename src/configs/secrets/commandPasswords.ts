import type { TextRange } from '../formats/textLines.ts';
import { WordSieve } from './wordSieve.ts';

/** How a program takes a password: as the next word (`-w secret`), or in the same word (`-psecret`). */
interface PasswordOption {
  separate: readonly string[];
  glued: readonly string[];
  /** Only after this subcommand. */
  after?: string;
}

const login: PasswordOption = { separate: ['-p'], glued: [], after: 'login' };

const byCommands: readonly (readonly [string, PasswordOption])[] = [
  [
    'mysql mysqldump mysqladmin mysqlcheck mysqlimport mysqlpump mariadb mariadb-dump mariadb-admin',
    { separate: [], glued: ['-p'] },
  ],
  ['7z 7za 7zr 7zz rar unrar', { separate: [], glued: ['-p', '-hp'] }],
  ['zip unzip', { separate: ['-P'], glued: [] }],
  ['redis-cli valkey-cli', { separate: ['-a'], glued: [] }],
  [
    'basic_ldap_auth ext_ldap_group_acl ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldapcompare',
    { separate: ['-w'], glued: ['-w'] },
  ],
  ['ldappasswd', { separate: ['-w', '-s', '-a'], glued: [] }],
  ['sshpass', { separate: ['-p'], glued: ['-p'] }],
  ['mosquitto_pub mosquitto_sub ipmitool', { separate: ['-P'], glued: [] }],
  ['sqlcmd bcp', { separate: ['-P'], glued: ['-P'] }],
  ['mongo mongosh mongodump mongorestore mongoexport mongoimport cqlsh', { separate: ['-p'], glued: [] }],
  ['snmpget snmpwalk snmpbulkwalk snmpset', { separate: ['-c', '-A', '-X'], glued: [] }],
  ['xfreerdp wlfreerdp', { separate: [], glued: ['/p:'] }],
  ['check_mysql check_mysql_query check_pgsql check_dbi', { separate: ['-p', '--password'], glued: [] }],
  ['check_snmp check_ifstatus check_ifoperstatus', { separate: ['-C'], glued: [] }],
  ['docker podman helm oc az skopeo buildah', login],
];

const optionsOf = new Map(
  byCommands.flatMap(([commands, option]) => commands.split(' ').map((command) => [command, option] as const)),
);
const commandName = new RegExp(
  `(?<![\\w.-])(?:${[...optionsOf.keys()].sort((a, b) => b.length - a.length).join('|')})(?:\\.exe)?(?=["']?[ \\t])`,
  'g',
);
/** The options above, in front of whatever: without one, no command is looked for. */
const anyOption = /[\s"'](?:-["'A-Za-z]|\/p:)/;
/** A word of a command line, or the end of the command. A backslash takes the end of the line along. */
const word = /(?:[ \t]|\\\r?\n)+|"((?:[^"\\\r\n]|\\.)*)"|'([^'\r\n]*)'|([^\s"'|;&<>]+)|[^]/y;
const maxCommandLength = 2_000;

/** Forms whose first group is the password, and words one of which a text with one has, in either case. */
const byPlace: readonly (readonly [readonly string[], RegExp])[] = [
  // `-u user:password`, `--user user:password`, and the Samba tools' `-U user%password`.
  [['-u', '-U'], /(?<!\S)(?:-u|--user|--proxy-user|-U)[ =]?["']?[^\s:"'=%]{1,64}[:%]([^\s"']{1,256})/g],
  // `net use X: \\host\share /user:bob password`, and `ConvertTo-SecureString "password"`; in either case.
  [
    ['/user:', 'ConvertTo-SecureString'],
    /(?:\/user:[^\s"']{1,64}[ \t]+|ConvertTo-SecureString[ \t]+(?:-String[ \t]+)?)["']?(?![-/$*])([^\s"']{1,256})/gi,
  ],
  // Nagios' `check_snmp!-C community!…`.
  [['check_'], /(?<![\w-])check_\w{1,30}![^\r\n]{0,200}?-C[ \t]{0,9}([^\s!"']{1,128})/g],
  // lftp's `-u user,password`.
  [['lftp'], /(?<![\w-])lftp[ \t][^\r\n|;]{0,200}?-u[ \t]*["']?[^\s,"']{1,64},([^\s"']{1,256})/g],
];
/** `echo secret | sudo -S`: what is piped into a program that reads a password. */
const piped =
  /(?<![\w.-])(?:echo|printf)[ \t]+(?:-\w+[ \t]+)?(?:"([^"\r\n]{1,200})"|'([^'\r\n]{1,200})'|([^\s"'|;&]{1,200}))[ \t]*\|[ \t]*(?:sudo[ \t]+-S|(?:sudo[ \t]+)?(?:chpasswd|passwd|cryptsetup|kinit|gpg|restic|kopia|smbpasswd)\b|[^\r\n|]{1,200}--password-stdin)/g;

/**
 * Finds the passwords that are written into command lines without a name before them: `mysql -psecret`,
 * `redis-cli -a secret`, `curl -u user:secret`, `echo secret | sudo -S`. In no order; ranges may hold variables.
 */
export function findCommandPasswords(text: string, known = new WordSieve(text)): TextRange[] {
  const ranges: TextRange[] = [];
  let done = 0;
  for (const match of anyOption.test(text) ? text.matchAll(commandName) : []) {
    if (match.index < done) continue;
    const end = match.index + match[0].length;
    // `"C:\…\7z.exe" a`: the quote ends here.
    const after = readWords(text, /["']/.test(text[end] ?? '') ? end + 1 : end);
    const words = [{ text: match[0], start: match.index, end }, ...after];
    done = words.at(-1)!.end;
    ranges.push(...passwordsOfCommands(words));
  }
  for (const [needs, pattern] of byPlace) {
    if (!known.mayHoldAny(needs)) continue;
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      ranges.push({ start: end - match[1]!.length, end });
    }
  }
  for (const match of text.includes('|') ? text.matchAll(piped) : []) {
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + match[0].indexOf(value, match[0].search(/[ \t]/));
    ranges.push({ start, end: start + value.length });
  }
  return ranges;
}

/** Commands stand among the first words of a line: after `sudo`, `nice`, `timeout 10`, and after other commands. */
const maxWrappers = 8;

/** The passwords in a list of a command and its arguments: `sshpass -p secret mysql -psecret`. */
export function passwordsOfCommands(words: readonly CommandWord[]): TextRange[] {
  return words.slice(0, maxWrappers).flatMap((word, index) => passwordsAmong(word.text, words.slice(index + 1)));
}

/** A word of a command line. */
export interface CommandWord extends TextRange {
  text: string;
}

/**
 * The passwords among the words after a command's name.
 *
 * @param command A name or a path; one that is not known has none.
 */
function passwordsAmong(command: string, words: readonly CommandWord[]): TextRange[] {
  const name = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1).replace(/\.exe$/, '');
  const option = optionsOf.get(name);
  if (option === undefined) return [];
  const ranges: TextRange[] = [];
  let isAfter = option.after === undefined;
  words.forEach((one, index) => {
    if (one.text === option.after) isAfter = true;
    if (!isAfter) return;
    const next = words[index + 1];
    if (option.separate.includes(one.text) && next !== undefined) ranges.push({ start: next.start, end: next.end });
    const glued = option.glued.find((start) => one.text.startsWith(start) && one.text.length > start.length);
    if (glued !== undefined) ranges.push({ start: one.start + glued.length, end: one.end });
  });
  return ranges;
}

/** The words from an offset to the end of the command. */
function readWords(text: string, from: number): CommandWord[] {
  const words: CommandWord[] = [];
  const limit = Math.min(text.length, from + maxCommandLength);
  let isNew = true;
  word.lastIndex = from;
  while (word.lastIndex < limit) {
    const start = word.lastIndex;
    const [whole, double, single, plain] = word.exec(text)!;
    const inside = double ?? single ?? plain;
    if (inside === undefined) {
      if (/[^ \t\r\n\\]|^\r?\n$/.test(whole)) break;
      isNew = true;
      continue;
    }
    const quote = plain === undefined ? 1 : 0;
    const last = words.at(-1);
    // `-p'secret'` is one word; its range then holds the quotes.
    if (!isNew && last !== undefined) {
      last.text += inside;
      last.end = start + whole.length - (last.text === inside ? quote : 0);
    } else words.push({ text: inside, start: start + quote, end: start + whole.length - quote });
    isNew = false;
  }
  return words;
}
