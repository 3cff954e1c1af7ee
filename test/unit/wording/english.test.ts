import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english } from '../../../src/wording/english.ts';

const units = ['bytes', 'duration', 'percent', 'points', 'time', 'date', 'weekday', 'count', 'number'];

test('every placeholder names a known unit, and braces are balanced', () => {
  for (const [code, template] of Object.entries(english)) {
    const rest = template.replace(/\{\w+(?::(\w+))?\}/g, (_, unit: string | undefined) => {
      if (unit !== undefined) assert.ok(units.includes(unit), `${code}: unknown unit ${unit}`);
      return '';
    });
    assert.doesNotMatch(rest, /[{}]/, code);
  }
});
