import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureQuietJobs, measureUnsteadyJobs } from '../../../../bench/quietJobs.ts';

const figures = measureQuietJobs(80);

test('quiet jobs raise a false alarm at most once in 90 nights, on average far less', () => {
  assert.ok(figures.falsePer90 <= 0.3, `${figures.falsePer90} a job in 90 nights`);
  assert.ok(figures.worstFalsePer90 <= 1.5, `${figures.worstFalsePer90} in the noisiest job`);
  assert.ok(figures.jobsAboveOnePer90 <= 2, `${figures.jobsAboveOnePer90} jobs of 80 above one`);
});

for (const [incident, share] of Object.entries(figures.found)) {
  // Where other work on the machine makes a job's times vary by half, three times the time is no certain sign.
  const least = incident.startsWith('duration') ? 0.98 : 1;
  test(`found on the day: ${incident}`, () => {
    assert.ok(share >= least, figures.missed.filter((miss) => miss.startsWith(incident)).join('\n'));
  });
}

test('three times the time stands out even where times vary by a fifth and nothing explains them', () => {
  const { tripled, falsePer90 } = measureUnsteadyJobs(300);
  assert.ok(tripled >= 0.95, `found in ${100 * tripled} % of the jobs`);
  assert.ok(falsePer90 <= 0.2, `${falsePer90} false findings a job in 90 nights`);
});
