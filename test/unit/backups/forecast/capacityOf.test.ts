import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityOf } from '../../../../src/backups/forecast/capacityOf.ts';

const capacities = [
  { pattern: 'restic web-*', bytes: 1 },
  { pattern: 'sftp:nas:/mnt/*', bytes: 2 },
  { pattern: '*[x]*', bytes: 3 },
];
const of = (id: string, repository: string | null = null): number | null =>
  capacityOf({ id, repository }, capacities, 9);

test('the first pattern that fits the id or the repository counts', () => {
  assert.equal(of('Restic WEB-01', 'sftp:nas:/mnt/web'), 1);
  assert.equal(of('restic db', 'sftp:nas:/mnt/a/b'), 2);
});

test('a pattern fits the whole name, and only * and ? stand for others', () => {
  assert.equal(of('my restic web-01'), 9);
  assert.equal(of('a[x]b'), 3);
  assert.equal(of('axb'), 9);
});

test('what fits none has the capacity for all', () => {
  assert.equal(of('borg mail'), 9);
  assert.equal(capacityOf({ id: 'a', repository: null }, [], null), null);
});
