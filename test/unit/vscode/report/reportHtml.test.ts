import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportHtml } from '../../../../src/vscode/report/reportHtml.ts';

const parts = {
  cspSource: 'https://local',
  scriptUri: 'https://local/r.js',
  styleUri: 'https://local/r.css',
  language: 'es',
};

test('only the script with this document’s nonce may run', () => {
  const html = reportHtml(parts);
  const nonce = /script-src 'nonce-([\w-]+)'/.exec(html)?.[1] ?? '';
  assert.ok(nonce.length >= 22, 'at least 128 bits');
  assert.ok(html.includes(`<script nonce="${nonce}" src="https://local/r.js">`));
  assert.ok(html.includes("default-src 'none'"));
  assert.ok(!html.includes('unsafe'));
});

test('every document has a nonce of its own', () => {
  assert.notEqual(reportHtml(parts), reportHtml(parts));
});

test('the document says its language', () => {
  assert.ok(reportHtml(parts).includes('<html lang="es">'));
});
