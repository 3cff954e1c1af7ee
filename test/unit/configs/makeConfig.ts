/** Configurations by seeded chance, in every format that has a grammar, within what all readers of a format agree on. */
import type { ConfigFormat } from '../../../src/configs/formats/scalarValue.ts';
import { pick } from '../../fixtures/make/chance.ts';

type Chance = () => number;
type Tree = string | number | boolean | Tree[] | { [key: string]: Tree };
type Table = Record<string, Tree>;

const keys = `host port user name path level mode db_password apiToken secret_key url list of items zone größe $x
  timeout retry clientSecret auth realm 名前 env size`.split(/\s+/);
const words = `backup nightly true 0x1f 12 3.5 on example.org /srv/data admin s3cr3t null 2026-11-24 ~ größe 🔑 ключ
  ENC[AES256_GCM,data:x] hunter2 {{value}} a:b c=d`.split(/\s+/);

/** One small configuration that ends with LF. */
export function makeConfig(format: ConfigFormat, chance: Chance): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(table(chance, 3, anyText), null, pick(chance, 0, 4))}\n`;
    case 'yaml':
      return yamlTable(table(chance, 3, anyText), '', chance);
    case 'toml':
      return toml(table(chance, 3, anyText), chance);
    case 'ini':
      return iniText(chance);
    case 'nginx':
      return nginx(table(chance, 3, plainText), '', chance);
    default:
      return environment(chance);
  }
}

function table(chance: Chance, depth: number, text: (chance: Chance) => string): Table {
  const made: Table = {};
  for (let count = pick(chance, 2, 6); count > 0; count--) made[oneOf(chance, keys)] = tree(chance, depth - 1, text);
  return made;
}

function tree(chance: Chance, depth: number, text: (chance: Chance) => string): Tree {
  const kind = chance();
  if (depth > 0 && kind < 0.2) return table(chance, depth, text);
  if (depth > 0 && kind < 0.35) return Array.from({ length: pick(chance, 1, 4) }, () => tree(chance, depth - 1, text));
  if (kind < 0.45) return pick(chance, -5, 99_999);
  if (kind < 0.5) return chance() < 0.5;
  return text(chance);
}

function oneOf<T>(chance: Chance, list: readonly T[]): T {
  return list[pick(chance, 0, list.length - 1)]!;
}

function plainText(chance: Chance): string {
  let text = '';
  for (let length = pick(chance, 1, 24); length > 0; length--)
    text += oneOf(chance, 'abcdefghijkLMNOPQRSTUVWXYZ0123456789._-+/@'.split(''));
  return text.replace(/^[^A-Za-z]/, 'x');
}

function anyText(chance: Chance): string {
  const kind = chance();
  if (kind < 0.4) return plainText(chance);
  if (kind < 0.5) return '';
  const parts = Array.from({ length: pick(chance, 1, 5) }, () => oneOf(chance, words));
  if (kind < 0.7) return parts.join(' ');
  return parts.join(
    oneOf(chance, ['"', "'", '\\', '\n', '\t', ' # ', ': ', ', ', '${', '`', '= ', ' \u00a0', '\u2028']),
  );
}

function comment(chance: Chance): string {
  return chance() < 0.15 ? '# a note, "not": closed\n' : '';
}

function yamlTable(made: Table, indent: string, chance: Chance): string {
  return Object.entries(made)
    .map(([key, value]) => `${comment(chance)}${indent}${yamlKey(key, chance)}:${yamlValue(value, indent, chance)}`)
    .join('');
}

function yamlKey(key: string, chance: Chance): string {
  return chance() < 0.2 ? JSON.stringify(key) : key;
}

function yamlValue(value: Tree, indent: string, chance: Chance): string {
  if (typeof value === 'string') return ` ${yamlText(value, indent, chance)}\n`;
  if (typeof value !== 'object' || chance() < 0.2) return ` ${JSON.stringify(value).replaceAll('\u2028', '\\u2028')}\n`;
  const deeper = `${indent}${' '.repeat(pick(chance, 1, 4))}`;
  if (!Array.isArray(value)) return `\n${yamlTable(value, deeper, chance)}`;
  return `\n${value.map((item) => `${deeper}-${yamlValue(item, deeper, chance)}`).join('')}`;
}

function yamlText(value: string, indent: string, chance: Chance): string {
  const kind = chance();
  if (/^[A-Za-z][\w./@+-]*(?: [\w.-]+)*$/.test(value) && kind < 0.6) return value;
  if (/^[!-~\n ]*\S$/.test(value) && !/^\s/.test(value) && kind < 0.8) {
    const deeper = `${indent}${' '.repeat(pick(chance, 1, 3))}`;
    return `${oneOf(chance, ['|', '>', '|-', '>+'])}\n${value.replace(/^(?=.)/gm, deeper)}`;
  }
  if (kind < 0.9 && !/[\n\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replaceAll('\u2028', '\\L');
}

function toml(made: Table, chance: Chance): string {
  const lines: string[] = [];
  const later: string[] = [];
  for (const [key, value] of Object.entries(made)) {
    if (typeof value === 'object' && !Array.isArray(value) && chance() < 0.7) {
      later.push(`${comment(chance)}[${tomlKey(key, chance)}]\n${tomlPairs(value, chance)}`);
    } else if (Array.isArray(value) && value.every((item) => typeof item === 'object' && !Array.isArray(item))) {
      later.push(value.map((item) => `[[${tomlKey(key, chance)}]]\n${tomlPairs(item as Table, chance)}`).join(''));
    } else lines.push(`${comment(chance)}${tomlKey(key, chance)} = ${tomlValue(value, chance)}\n`);
  }
  return [...lines, ...later].join('\n');
}

function tomlPairs(made: Table, chance: Chance): string {
  return Object.entries(made)
    .map(([key, value]) => `${tomlKey(key, chance)}=${tomlValue(value, chance)}${chance() < 0.2 ? ' # "end' : ''}\n`)
    .join('');
}

function tomlKey(key: string, chance: Chance): string {
  return /^[\w-]+$/.test(key) && chance() < 0.8 ? key : JSON.stringify(key);
}

function tomlValue(value: Tree, chance: Chance): string {
  if (Array.isArray(value)) {
    const space = oneOf(chance, ['', ' ', '\n  ', ' # ]\n']);
    return `[${space}${value.map((item) => tomlValue(item, chance)).join(`,${space}`)}${space.trimEnd() === '' ? space : ''}]`;
  }
  if (typeof value === 'object') {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${tomlKey(key, chance)} = ${tomlValue(item, chance)}`)
      .join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  const kind = chance();
  if (kind < 0.2 && !/['\n]/.test(value)) return `'${value}'`;
  if (kind < 0.4 && !value.includes("'")) return `'''\n${value}'''`;
  if (kind < 0.6) return `"""${value.replace(/["\\]/g, '\\$&')}"""`;
  return JSON.stringify(value);
}

function iniText(chance: Chance): string {
  const lines: string[] = [];
  const used = new Set<string>();
  for (let section = 0; section < pick(chance, 1, 4); section++) {
    if (section > 0) lines.push(`[part${section}]`);
    for (let count = pick(chance, 1, 6); count > 0; count--) {
      const key = oneOf(chance, keys);
      if (used.has(`${section} ${key}`)) continue;
      used.add(`${section} ${key}`);
      const value = chance() < 0.3 ? `"${plainText(chance)} ${plainText(chance)}"` : plainText(chance);
      if (chance() < 0.1) lines.push('; a note', '');
      lines.push(
        `${key}${oneOf(chance, ['=', ' = ', '= '])}${value}${!value.endsWith('"') && chance() < 0.1 ? ' ; why' : ''}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function nginx(made: Table, indent: string, chance: Chance): string {
  return Object.entries(made)
    .map(([key, value]) => {
      if (Array.isArray(value))
        return `${indent}${key} ${value.map((item) => `"${JSON.stringify(item).replaceAll('"', '')}"`).join(' ')};\n`;
      if (typeof value === 'object') return `${indent}${key} {\n${nginx(value, `${indent}  `, chance)}${indent}}\n`;
      return `${comment(chance)}${indent}${key} ${String(value)};\n`;
    })
    .join('');
}

function environment(chance: Chance): string {
  const lines: string[] = [];
  for (let count = pick(chance, 4, 10); count > 0; count--) {
    const key = `${oneOf(chance, ['APP', 'DB', 'x'])}_${plainText(chance).replace(/\W/g, '_')}`;
    lines.push(`${comment(chance)}${chance() < 0.2 ? 'export ' : ''}${key}=${environmentValue(chance)}`);
  }
  return `${lines.join('\n')}\n`;
}

function environmentValue(chance: Chance): string {
  const value = anyText(chance).replace(/\\/g, '/');
  const quote = oneOf(chance, ['"', "'", '`', '']);
  if (quote === '') return plainText(chance) + (chance() < 0.2 ? ' # note' : '');
  return `${quote}${value.replaceAll(quote, '')}${quote}`;
}
