import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMessage } from '../../../src/wording/format.ts';
import { scoreMessage } from '../../../src/wording/scoreMessage.ts';

const say = (isBetter: boolean, skill: number): string =>
  formatMessage(scoreMessage(isBetter, skill), { language: 'en', zone: 'UTC', templates: {} });

test('a scorecard names a gain, and no loss or nothing as one', () => {
  assert.match(say(true, 0.14), /^The error was 14 % smaller/);
  for (const skill of [-0.04, 0, 0.001, NaN, -Infinity])
    assert.match(say(true, skill), /^The error was about as large/);
  assert.match(say(false, -0.04), /no better/);
});
