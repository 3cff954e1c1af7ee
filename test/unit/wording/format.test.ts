import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatMessage,
  formatNumber,
  formatPercent,
  formatPoints,
  formatTime,
  type Wording,
} from '../../../src/wording/format.ts';
import { message } from '../../../src/wording/message.ts';

const english: Wording = { language: 'en', zone: 'UTC', templates: {} };

test('a message is filled in, each value in its unit', () => {
  const wait = message('decision.wait', { probability: 0.62, limit: 0.5 });
  assert.equal(formatMessage(wait, english), 'The risk of 62 % is above the limit of 50 %.');
  const spanish = {
    ...english,
    language: 'es',
    templates: { 'decision.wait': 'Riesgo {probability:percent} > {limit:percent}' },
  };
  assert.equal(formatMessage(wait, spanish), 'Riesgo 62 % > 50 %');
});

test('a missing value shows as its placeholder, and inherited names are no values', () => {
  assert.equal(formatMessage(message('source.notReadable'), english), 'The file cannot be read: {reason}.');
  const templates = { 'source.noRuns': '{constructor}' };
  assert.equal(formatMessage(message('source.noRuns'), { ...english, templates }), '{constructor}');
});

test('bytes take the unit that keeps them under 1024, three digits at most', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1024 ** 2 - 1, '1 MiB'],
    [10.24 * 1024 ** 3, '10.2 GiB'],
    [123.4 * 1024 ** 4, '123 TiB'],
    [-2048, '-2 KiB'],
    [NaN, '–'],
  ];
  for (const [bytes, text] of cases) assert.equal(formatBytes(bytes, 'en'), text);
});

test('durations show at most two units and never sixty of one', () => {
  const cases: [number, string][] = [
    [0, '0 s'],
    [1500, '1.5 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [3_599_600, '1 h'],
    [3_720_000, '1 h 2 min'],
    [86_399_999, '1 d'],
    [90_000_000, '1 d 1 h'],
    [-61_000, '−1 min 1 s'],
    [Infinity, '–'],
  ];
  for (const [durationMs, text] of cases) assert.equal(formatDuration(durationMs, 'en'), text);
});

test('a probability short of certainty never reads as certain', () => {
  assert.equal(formatPercent(0, 'en'), '0 %');
  assert.equal(formatPercent(0.001, 'en'), '< 1 %');
  assert.equal(formatPercent(0.9999, 'en'), '> 99 %');
  assert.equal(formatPercent(1, 'en'), '100 %');
  assert.equal(formatPoints(-0.073, 'en'), '−7 pp');
  assert.equal(formatPoints(0.2, 'en'), '+20 pp');
  assert.equal(formatPoints(0.001, 'en'), '±0 pp');
});

test('times are shown in the zone, in the order of log lines', () => {
  const madrid: Wording = { ...english, zone: 'Europe/Madrid' };
  assert.equal(formatTime(Date.UTC(2026, 9, 25, 0, 30), madrid), '2026-10-25 02:30');
  assert.equal(
    formatTime(Date.UTC(2026, 9, 25, 1, 30), madrid),
    '2026-10-25 02:30',
    'the repeated hour of the clock change',
  );
  assert.equal(formatDate(Date.UTC(2026, 11, 31, 23, 30), madrid), '2027-01-01');
  assert.equal(formatTime(NaN, english), '–');
  assert.equal(formatTime(9e15, english), '–');
});

test('numbers follow the language', () => {
  assert.equal(formatNumber(1234.56, 'en'), '1,234.6');
  assert.equal(formatNumber(1234567, 'es'), '1.234.567');
});
