import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesGlob } from '../../../src/files/matchesGlob.ts';

test('globs and the paths they match', () => {
  const cases: [path: string, glob: string, matches: boolean][] = [
    ['/var/log/dump-1.log', 'dump-*.log', true],
    ['/var/log/dump-1.log', 'log/dump-?.log', true],
    ['/var/log/dump-1.log', '/var/**', true],
    ['/var/log/dump-1.log', '/var/*', false],
    ['/var/log/dump-1.log', '**/*.{txt,log}', true],
    ['/var/log/dump-1.log', 'ump-*.log', false],
    ['/var/log/dump-1xlog', 'dump-1.log', false],
    ['C:\\logs\\a.csv', 'logs\\*.csv', true],
    ['C:\\logs\\a.csv', 'C:/logs/a.csv', true],
    ['/a(b', 'a(b', true],
    ['/a{b', 'a{b', true],
  ];
  for (const [path, glob, matches] of cases) assert.equal(matchesGlob(path, glob), matches, `${path} ${glob}`);
});
