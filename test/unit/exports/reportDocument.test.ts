import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { reportDocument } from '../../../src/exports/reportDocument.ts';
import type { EmbeddedReport } from '../../../src/protocol/reportFile.ts';

const data: EmbeddedReport = {
  view: { wording: { language: 'en"><script>', zone: 'UTC', templates: {} }, maxRisk: 0.5, report: null },
  jobs: [],
  provenance: 'a job named </script><script>alert(1)</script><!--',
};
const script = 'const end = "</script>";\n//# sourceMappingURL=report.js.map\n';
const document = reportDocument({ script, style: 'p{}\n/*# sourceMappingURL=report.css.map */', data });

test('what a log says cannot end the data, and the data reads back as it was', () => {
  assert.equal(document.match(/<\/script>/g)?.length, 2);
  const json = /<script type="application\/json" id="report-data">(.*)<\/script>/.exec(document)![1]!;
  assert.deepEqual(JSON.parse(json), data);
  assert.match(document, /<html lang="enscript">/);
});

test('the policy names the hashes of the script and the style that are there, and lets nothing be fetched', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(document)![1]!;
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  assert.match(policy, /^default-src 'none'; /);
  assert.ok(policy.includes(`script-src ${hash(/<script>([^]*)<\/script>/.exec(document)![1]!)};`));
  assert.ok(policy.includes(`style-src ${hash(/<style>([^]*)<\/style>/.exec(document)![1]!)};`));
  assert.doesNotMatch(document, /sourceMappingURL|https?:/);
});
