import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundToSpoken, wordsFor } from '../../../webview-ui/words.ts';

const hourMs = 3_600_000;

test('what nobody knows is a dash, and zero is not', () => {
  const words = wordsFor({ language: 'en', zone: 'UTC', templates: {} });
  assert.deepEqual([words.bytes(null), words.bytes(0)], ['–', '0\u00a0B']);
  assert.deepEqual([words.time(null), words.time(0)], ['–', '1970-01-01 00:00']);
});

test('a sentence does not break between a figure and its unit', () => {
  const words = wordsFor({ language: 'en', zone: 'UTC', templates: {} });
  const text = words.say('decision.wait', { probability: 0.62, limit: 0.5 });
  assert.equal(text, 'The risk of 62\u00a0% is above the limit of 50\u00a0%.');
  const sure = words.say('decision.wait', { probability: 0.999, limit: 0.5 });
  assert.equal(sure, 'The risk of >\u00a099\u00a0% is above the limit of 50\u00a0%.');
  assert.equal(words.say('report.happened.failures', { runs: 3 }), 'The last 3 runs failed.');
});

test('templates of another language are used, in its numbers', () => {
  const words = wordsFor({ language: 'es', zone: 'UTC', templates: { 'report.job.runs': 'Ejecuciones: {runs}' } });
  assert.equal(words.say('report.job.runs', { runs: 12_345 }), 'Ejecuciones: 12.345');
  assert.equal(words.say('report.actions'), 'What to do');
});

test('a duration is rounded to what one would say', () => {
  assert.equal(roundToSpoken(51 * hourMs), 48 * hourMs);
  assert.equal(roundToSpoken(4.4 * hourMs), 4 * hourMs);
  assert.equal(roundToSpoken(100_000), 100_000);
});
