import type { ScalarValue } from '../formats/scalarValue.ts';
import { passwordsOfCommands } from './commandPasswords.ts';
import { judgeName } from './judgeName.ts';
import { isPlaceholder } from './ordinaryValue.ts';

/** What a value's neighbors say of it. */
export interface Structures {
  /** Values beside a name that names a secret: `name: DB_PASSWORD`, `value: …`; and passwords in the lists of arguments. */
  paired: ReadonlySet<ScalarValue>;
  /** Everything under `data` and `stringData` of a Kubernetes Secret. */
  kubernetes: ReadonlySet<ScalarValue>;
  /** The names of declared secrets (the keys under a mapping called `secrets`): a list may repeat them in clear. */
  secretNames: ReadonlySet<string>;
  /** Names under which an operator is to keep what it fetches: `secretKey` beside a `remoteRef`. */
  keyNames: ReadonlySet<ScalarValue>;
}

const nameKey =
  /^(?:(?:param-|property-|option-)?name|key|variable|var|parameter|parameter_?key|parameter_?name|env|option)$/i;
const valueKey = /^(?:(?:param-|property-|option-)?value|string|val|default|parameter_?value|content)$/i;
/** Beside a value that Terraform or CloudFormation must not show. */
const saysSecret = /^(?:sensitive|noecho)$/i;
const secretOption = /^--?[A-Za-z][\w-]{2,60}$/;

/** Reads the structures of a text in one pass over its values, which come sorted by `start`. */
export function findStructures(text: string, values: readonly ScalarValue[]): Structures {
  const paired = new Set<ScalarValue>();
  const kubernetes = new Set<ScalarValue>();
  const secretNames = new Set<string>();
  const keyNames = new Set<ScalarValue>();
  const fetched = new Set<string>();
  const secretPairs = new Set<string>();
  const secretKinds = new Set<string>();
  /** Resources of a Terraform state that made a password up. */
  const generated = new Set<string>();
  /** The element with a secret's name: `<property name="db.password">` */
  let element: string | null = null;
  let option: ScalarValue | null = null;
  let list: ScalarValue[] = [];

  for (const value of values) {
    const { path } = value;
    const last = path.at(-1);
    if (typeof last === 'string' && nameKey.test(last) && judgeName(textOf(text, value)) === 'secret') {
      secretPairs.add(parentId(value, path.length - 1));
    } else if (typeof last === 'string' && saysSecret.test(last) && textOf(text, value) === 'true') {
      secretPairs.add(parentId(value, path.length - 1));
    } else if (last === 'type' && textOf(text, value) === 'random_password') {
      generated.add(parentId(value, path.length - 1));
    } else if (last === 'kind' && textOf(text, value) === 'Secret') secretKinds.add(parentId(value, path.length - 1));
    if (element !== null && parentId(value, path.length) === element) paired.add(value);
    element = isNameOfElement(text, value) ? parentId(value, path.length - 2) : continuing(element, value);
    if (option !== null && isNextItem(option, value) && !textOf(text, value).startsWith('-')) paired.add(value);
    option = isSecretOption(text, value) ? value : null;
    if (list.length > 0 && !isNextItem(list.at(-1)!, value)) {
      findArguments(text, list, paired);
      list = [];
    }
    if (typeof last === 'number') list.push(value);
    const fetch = path.indexOf('remoteRef');
    if (fetch >= 0) fetched.add(parentId(value, fetch));
    const secrets = path.indexOf('secrets');
    if (secrets >= 0 && secrets < path.length - 1 && typeof path[secrets + 1] === 'string') {
      secretNames.add(path[secrets + 1] as string);
    }
  }
  findArguments(text, list, paired);
  for (const value of fetched.size > 0 ? values : []) {
    if (value.path.at(-1) === 'secretKey' && fetched.has(parentId(value, value.path.length - 1))) keyNames.add(value);
  }
  if (secretPairs.size === 0 && secretKinds.size === 0 && generated.size === 0)
    return { paired, kubernetes, secretNames, keyNames };

  for (const value of values) {
    const { path } = value;
    const last = path.at(-1);
    if (typeof last === 'string' && valueKey.test(last) && secretPairs.has(parentId(value, path.length - 1))) {
      paired.add(value);
    }
    if (last === 'result' && path.some((_, depth) => generated.has(parentId(value, depth)))) paired.add(value);
    const data = path.findIndex((part) => part === 'data' || part === 'stringData');
    if (data >= 0 && secretKinds.has(parentId(value, data))) kubernetes.add(value);
  }
  return { paired, kubernetes, secretNames, keyNames };
}

/** `[redis-cli, -a, secret]`: the passwords in a list of a command and its arguments. */
function findArguments(text: string, list: readonly ScalarValue[], paired: Set<ScalarValue>): void {
  if (list.length < 2) return;
  const words = list.map((value) => ({ start: value.start, end: value.end, text: textOf(text, value) }));
  for (const { start, end } of passwordsOfCommands(words)) {
    if (isPlaceholder(text.slice(start, end))) continue;
    const value = list.find((one) => one.end === end);
    if (value !== undefined) paired.add(value);
  }
}

/** True for an attribute that gives an element a secret's name. */
function isNameOfElement(text: string, { path, start, end }: ScalarValue): boolean {
  const last = path.at(-1);
  if (typeof last !== 'string' || typeof path.at(-2) !== 'number' || !/^(?:name|key|id)$/i.test(last)) return false;
  return end - start < 200 && judgeName(text.slice(start, end)) === 'secret';
}

/** The element stays named as long as its own attributes follow. */
function continuing(element: string | null, value: ScalarValue): string | null {
  return element !== null && parentId(value, value.path.length - 2) === element ? element : null;
}

function isSecretOption(text: string, value: ScalarValue): boolean {
  if (typeof value.path.at(-1) !== 'number' || value.end - value.start > 64) return false;
  const option = textOf(text, value);
  return secretOption.test(option) && judgeName(option) === 'secret';
}

function isNextItem(before: ScalarValue, value: ScalarValue): boolean {
  const length = before.path.length;
  return (
    value.path.length === length &&
    value.document === before.document &&
    value.path[length - 1] === (before.path[length - 1] as number) + 1
  );
}

/** Names the collection that holds the first `depth` parts of a path. */
function parentId(value: ScalarValue, depth: number): string {
  return JSON.stringify([value.document, ...value.path.slice(0, depth)]);
}

function textOf(text: string, value: ScalarValue): string {
  return text.slice(value.start, Math.min(value.end, value.start + 200));
}
