/** Every regular expression that reads logs takes time in proportion to the line, whatever the line. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import ts from 'typescript';

const folder = path.resolve(import.meta.dirname, '../../../../src/backups/logs');

/** So long that time in proportion to its square is thousands of times that of a linear pattern. */
const length = 100_000;
/** For one line; a linear pattern needs a few milliseconds. */
const limitMs = 1000;

interface Pattern {
  file: string;
  literal: string;
}

function patternsIn(file: string): Pattern[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, literal: node.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A text that the pattern may begin to match: one character for each of its parts, alternatives and all. */
function sampleOf(source: string): string {
  let sample = '';
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    if (char === '\\') {
      const next = source[++at]!;
      sample +=
        ({ d: '1', w: 'a', S: 'a', s: ' ', b: '', D: 'a', W: ' ', u: '', n: '', r: '' } as Record<string, string>)[
          next
        ] ?? next;
    } else if (char === '[') {
      const end = classEnd(source, at);
      sample += memberOf(source.slice(at, end + 1));
      at = end;
    } else if (char === '{' && /^\{\d/.test(source.slice(at, at + 2))) at = source.indexOf('}', at);
    else if (char === '(' && source[at + 1] === '?') at += source[at + 2] === '<' ? 3 : 2;
    else if (char === '.') sample += 'a';
    else if (!'()*+?|^$'.includes(char)) sample += char;
  }
  return sample;
}

function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ']') return at;
  }
  return source.length - 1;
}

function memberOf(characterClass: string): string {
  const pattern = new RegExp(characterClass);
  return Array.from('a1 -:.,/A(é\t').find((char) => pattern.test(char)) ?? '';
}

/** Lines that match for long and then do not. */
function attacksOn(source: string): string[] {
  const sample = sampleOf(source).slice(0, 80);
  const attacks = ['a', '1', ' ', 'a ', '1.', 'a:', '-'].map((piece) => repeat(piece));
  for (let at = 1; at <= sample.length; at++) {
    attacks.push(sample.slice(0, at) + repeat(sample[at - 1]!));
    if (at % 4 === 0 || at === sample.length) attacks.push(repeat(sample.slice(0, at)));
  }
  return [...new Set(attacks)].map((attack) => `${attack}\u0001`);
}

function repeat(piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

const patterns = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .flatMap(patternsIn);

test('the patterns of the readers are found', () => {
  assert.ok(patterns.length > 200, String(patterns.length));
});

test('the check itself finds a pattern that is slow', () => {
  for (const slow of ['/^(a+)+$/', '/a+b/']) assert.notEqual(slowAttack(slow), null, slow);
});

for (const file of new Set(patterns.map((pattern) => pattern.file))) {
  test(`${file}: no line is slow`, () => {
    for (const { literal } of patterns.filter((pattern) => pattern.file === file))
      assert.equal(slowAttack(literal), null, literal);
  });
}

/** The beginning of a line on which the pattern takes too long; null when there is none. */
function slowAttack(literal: string): string | null {
  const script = new vm.Script(`${literal}.test(line)`);
  const context = vm.createContext({ line: '' });
  for (const attack of attacksOn(literal.slice(1, literal.lastIndexOf('/')))) {
    context.line = attack;
    if (isSlow((timeout) => void script.runInContext(context, { timeout }))) return attack.slice(0, 100);
  }
  return null;
}

/** Whether it needs more than the limit in processor time. What the clock alone has ended is tried again with more. */
function isSlow(run: (timeoutMs: number) => void): boolean {
  for (let timeoutMs = limitMs; ; timeoutMs *= 2) {
    const began = process.cpuUsage();
    if (ends(() => run(timeoutMs))) return false;
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1000 > limitMs * 0.9) return true;
  }
}

/** Whether it ends before its time is over. */
function ends(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return false;
  }
}
