import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLabelledFiles, unmark } from './labelledFiles.ts';
import { labelledFolder, measureDetection } from './measureDetection.ts';

test('of the labelled configurations, nearly all secrets are found and nearly nothing else is masked', () => {
  const { secrets, found, safe, masked, faults } = measureDetection(readLabelledFiles(labelledFolder));
  assert.ok(safe >= 1_600 && secrets >= 730, `${secrets} secrets and ${safe} safe values`);
  assert.ok(found / secrets >= 0.98, `recall ${found} of ${secrets}\n${faults.join('\n')}`);
  assert.ok(masked / safe <= 0.03, `masked ${masked} of ${safe}\n${faults.join('\n')}`);
  assert.deepEqual(faults.sort(), [
    'masked postgres.tf:30 below',
    'masked proftpd.conf:10 inline',
    'masked rclone.conf:17 below',
    'masked sentinel.conf:4 inline',
  ]);
});

test('a miss and a false mask are counted and told without the value', () => {
  const figures = measureDetection([
    unmark('a.yaml', 'note: «in plain sight»\npassword: hunter2\napi_key: «k3y»\ncolor: red\n'),
  ]);
  assert.deepEqual(figures, {
    secrets: 2,
    found: 1,
    safe: 2,
    masked: 1,
    faults: ['missed a.yaml:1', 'masked a.yaml:2 name'],
  });
});
