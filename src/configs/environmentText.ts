/** Environment variables as text: a .env file, and a shell script. */

/** Names and values, in their order. */
export type Variables = readonly (readonly [name: string, value: string])[];

/**
 * The variables as a .env text, sorted by name. A value stands bare when it is plain, else in single quotes, in which
 * every reader takes each character as it is; only one that holds a single quote stands in double quotes, with a backslash
 * before each of `\ " $` and the backtick, as shells undo it. Other readers of .env files leave some of them, or all.
 *
 * @param environment only variables whose names begin with `prefix` and hold no white space, quote, `=` or `#`
 * @example
 * writeEnvironment({ APP_A: '1', APP_B: 'two words', HOME: '/root' }, 'APP_') //=> "APP_A=1\nAPP_B='two words'\n"
 */
export function writeEnvironment(environment: Readonly<Record<string, string | undefined>>, prefix: string): string {
  return Object.entries(environment)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && isIn(entry[0], prefix))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${quoteForDotenv(value)}\n`)
    .join('');
}

function isIn(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^[^\s='"`#]+$/.test(name);
}

function quoteForDotenv(value: string): string {
  if (/^[\w./:@%+,-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replace(/[\\"$`]/g, (character) => `\\${character}`)}"`;
}

const assignment = /([^\s='"`#]+)=(?:'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^'"\n]*))\n/y;

/**
 * The variables of a text that `writeEnvironment` wrote.
 *
 * @returns Null for any other text.
 * @example
 * readEnvironment("APP_B='two words'\n") //=> [['APP_B', 'two words']]
 */
export function readEnvironment(text: string): Variables | null {
  const variables: [string, string][] = [];
  for (let at = 0; at < text.length; at = assignment.lastIndex) {
    assignment.lastIndex = at;
    const [whole, name, single, double, bare] = assignment.exec(text) ?? [];
    if (whole === undefined) return null;
    variables.push([name!, single ?? double?.replace(/\\([^])/g, '$1') ?? bare!]);
  }
  return variables;
}

/**
 * A POSIX shell script that exports the variables, each value in single quotes to the character.
 *
 * @returns Null when a name is none that a shell can export.
 * @example
 * writeShellScript([['A', "it's"]]) //=> "export A='it'\\''s'\n"
 */
export function writeShellScript(variables: Variables): string | null {
  if (!variables.every(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))) return null;
  return variables.map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`).join('');
}
