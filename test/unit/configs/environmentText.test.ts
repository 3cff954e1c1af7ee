import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import dotenv from 'dotenv';
import { readEnvironment, writeEnvironment, writeShellScript } from '../../../src/configs/environmentText.ts';

const values = [
  '',
  'plain',
  'two words',
  "it's",
  '"quoted"',
  `both ' and "`,
  '$HOME ${HOME} $(id) `id`',
  "$HOME's `id` \\ back",
  'line\nline',
  "line's\nline",
  'a#b',
  ' padded ',
  '=',
  'ünïcode ✓',
  '\\',
  '\\n',
  "'\\n'",
  'tab\tx',
  '!history',
  '-n',
  '*',
  '~',
];
const environment = Object.fromEntries(values.map((value, index) => [`APP_${String(index).padStart(2, '0')}`, value]));

test('every value reads back from what is written', () => {
  assert.deepEqual(readEnvironment(writeEnvironment(environment, 'APP_')), Object.entries(environment));
  assert.deepEqual(readEnvironment(''), []);
  for (const other of ['APP_A', 'APP_A=1', "APP_A='\n", 'A B=1\n', '# APP_A=1\n'])
    assert.equal(readEnvironment(other), null);
});

test('dotenv reads every value that has no single quote as it was', () => {
  const readable = Object.entries(environment).filter(([, value]) => !value.includes("'"));
  assert.ok(readable.length > 12);
  assert.deepEqual(dotenv.parse(writeEnvironment(Object.fromEntries(readable), 'APP_')), Object.fromEntries(readable));
});

test('a shell takes every value as it was, from both kinds of text', { skip: process.platform === 'win32' }, () => {
  const print = "\nenv -0 | tr '\\0' '\\001'";
  for (const script of [
    writeShellScript(Object.entries(environment))!,
    `set -a\n${writeEnvironment(environment, 'APP_')}`,
  ]) {
    const out = execFileSync('sh', ['-c', script + print], { env: { PATH: process.env['PATH'] }, encoding: 'utf8' });
    const seen = Object.fromEntries(
      out
        .split('\u0001')
        .filter((entry) => entry.startsWith('APP_'))
        .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    );
    assert.deepEqual(seen, environment);
  }
});

test('only names with the prefix that text can hold are written, and no script for names that shells refuse', () => {
  assert.equal(writeEnvironment({ APP_A: '1', APP_B: undefined, 'APP_C D': '2', OTHER: '3' }, 'APP_'), 'APP_A=1\n');
  assert.equal(writeShellScript([['APP.A', '1']]), null);
  assert.equal(writeShellScript([['A;reboot', '1']]), null);
});
