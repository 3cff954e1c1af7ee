import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown, markdownList, markdownTable } from '../../../../src/vscode/views/markdown.ts';

test('text from logs cannot become markup', () => {
  assert.equal(escapeMarkdown('[a](command:b) | *c*'), '\\[a\\]\\(command\\:b\\) \\| \\*c\\*');
  assert.equal(escapeMarkdown('<img src=x>'), '\\<img src=x\\>');
  assert.equal(escapeMarkdown('two\nlines'), 'two lines');
});

test('a table keeps its two columns whatever is in them', () => {
  assert.equal(markdownTable([['a|b', 'c\nd']]), '| | |\n|---|---|\n| a\\|b | c d |');
});

test('an empty list has no heading', () => {
  assert.equal(markdownList('Why', []), '');
  assert.equal(markdownList('Why', ['a', 'b']), '**Why**\n\n- a\n- b');
});
