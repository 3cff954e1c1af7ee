import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateJob, withIncident } from '../../../../bench/simulateJob.ts';
import { findAnomalies } from '../../../../src/backups/anomalies/findAnomalies.ts';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import type { Anomaly } from '../../../../src/backups/report.ts';

const options = { now: Date.UTC(2027, 0), zone: 'UTC' };
const night = 120;

/** Findings on the night of an incident, with the history ending there: what the operator sees that morning. */
function thatMorning(job: JobHistory): Anomaly[] {
  const runs = job.runs.slice(0, night + 1);
  return findAnomalies({ ...job, runs }, options).filter(({ startedAt }) => startedAt === runs.at(-1)?.startedAt);
}

/** The first quiet job, from a seed on, that has a backup on the night in question. */
function quietJob(seed: number): JobHistory {
  const job = simulateJob({ seed, nights: 182, isQuiet: true });
  return job.runs[night]?.outcome === 'success' ? job : quietJob(seed + 1000);
}

test('no runs, no findings', () => {
  assert.deepEqual(findAnomalies({ ...quietJob(1), runs: [] }, options), []);
});

test('five times the size and half the size are found on the day, with what was expected and where', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const usual = quietJob(seed).runs[night]?.sizeBytes ?? 0;
    for (const factor of [5, 0.5]) {
      const sizeBytes = Math.round(usual * factor);
      const [found] = thatMorning(withIncident(quietJob(seed), night, 1, () => ({ sizeBytes })));
      assert.ok(found, `seed ${seed}, factor ${factor}`);
      assert.equal(found.metric, 'size');
      assert.equal(found.value, sizeBytes);
      assert.equal(Math.sign(found.score), factor > 1 ? 1 : -1);
      assert.equal(found.severity, 'critical');
      assert.ok(found.expected[0] < usual && usual < found.expected[1], 'the usual size was expected');
      assert.equal(found.source.line, night + 1);
    }
  }
});

test('a source that is gone takes size and file count down: one finding', () => {
  const lost = withIncident(quietJob(1), night, 1, (run) => ({
    sizeBytes: Math.round((run.sizeBytes ?? 0) * 0.6),
    fileCount: Math.round((run.fileCount ?? 0) * 0.55),
  }));
  assert.deepEqual(
    thatMorning(lost).map(({ shape, severity }) => [shape, severity]),
    [['sourceLoss', 'critical']],
  );
});

test('most data rewritten at the same size looks like ransomware', () => {
  const encrypted = withIncident(quietJob(1), night, 1, (run) => ({
    addedBytes: Math.round((run.sizeBytes ?? 0) * 0.8),
    changedFileCount: Math.round((run.fileCount ?? 0) * 0.9),
  }));
  assert.ok(
    thatMorning(encrypted).some(({ shape, severity }) => shape === 'ransomwareLike' && severity === 'critical'),
  );
});

test('a large import is not taken for ransomware, because the size grew with it', () => {
  const imported = withIncident(quietJob(1), night, 1, (run) => ({
    sizeBytes: (run.sizeBytes ?? 0) * 3,
    addedBytes: (run.sizeBytes ?? 0) * 2,
  }));
  assert.equal(
    thatMorning(imported).some(({ shape }) => shape === 'ransomwareLike'),
    false,
  );
});

test('a new level is one finding about size, however long it stays', () => {
  const grown = withIncident(quietJob(1), night, 182, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) * 3 }));
  const found = findAnomalies(grown, options).filter(({ metric }) => metric === 'size');
  assert.deepEqual(
    found.map(({ shape, startedAt }) => [shape, startedAt]),
    [['levelShift', grown.runs[night]?.startedAt]],
  );
});

test('three times the data takes longer, and that is not a finding about time', () => {
  const job = quietJob(4);
  const copying = withIncident(job, night, 1, (run) => ({
    addedBytes: 4 * (run.addedBytes ?? 0),
    durationMs: 4 * (run.durationMs ?? 0),
  }));
  const idle = withIncident(job, night, 1, (run) => ({ durationMs: 4 * (run.durationMs ?? 0) }));
  const isAboutTime = ({ metric }: Anomaly): boolean => metric === 'duration' || metric === 'durationPerByte';
  assert.ok(!thatMorning(copying).some(isAboutTime));
  assert.ok(thatMorning(idle).some(isAboutTime));
});

test('what every month end brings is told once', () => {
  const job = quietJob(1);
  const runs = job.runs.map((run) => {
    const isMonthEnd = new Date((run.startedAt ?? 0) + 86_400_000).getUTCDate() === 1;
    return { ...run, sizeBytes: 1e9, durationMs: 600_000 * (isMonthEnd ? 3 : 1), addedBytes: null };
  });
  const found = findAnomalies({ ...job, runs }, options).filter(({ metric }) => metric === 'duration');
  assert.deepEqual(
    found.map(({ startedAt }) => new Date(startedAt ?? 0).toISOString().slice(0, 10)),
    ['2026-01-31'],
  );
});

test('a lost source is named before its files were ever counted', () => {
  const lost = withIncident(quietJob(1), night, 1, () => ({ sizeBytes: 0, fileCount: 0 }));
  const runs = lost.runs.map((run, i) => (i < night ? { ...run, fileCount: null } : run));
  assert.deepEqual(
    thatMorning({ ...lost, runs }).map(({ shape }) => shape),
    ['sourceLoss'],
  );
});

test('half the data in the usual time is no finding about speed', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const job = withIncident(quietJob(seed), night, 182, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) / 2 }));
    const found = findAnomalies(job, options).filter(({ metric }) => metric === 'durationPerByte');
    assert.deepEqual(found, [], `seed ${seed}`);
  }
});

test('a night of much new data leaves no drift behind', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const job = withIncident(quietJob(seed), night, 1, (run) => ({ addedBytes: Math.round((run.sizeBytes ?? 0) / 2) }));
    const drifts = (history: JobHistory): number =>
      findAnomalies(history, options).filter(({ shape }) => shape === 'drift').length;
    assert.ok(drifts(job) <= drifts(quietJob(seed)), `seed ${seed}`);
  }
});

test('a job that slows down by a hundredth each night is told to drift, once for each half more', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const job = quietJob(seed);
    const slowing = {
      ...job,
      runs: job.runs.map((run, i) =>
        run.outcome === 'success' && i > 60
          ? { ...run, durationMs: Math.round((run.durationMs ?? 0) * Math.exp(0.01 * (i - 60))) }
          : run,
      ),
    };
    const drifts = findAnomalies(slowing, options).filter(({ shape }) => shape === 'drift');
    assert.ok(drifts.length >= 1 && drifts.length <= 3, `seed ${seed}: ${drifts.length} drifts`);
    for (const { metric, severity, score } of drifts) {
      assert.deepEqual({ metric, severity }, { metric: 'duration', severity: 'info' }, `seed ${seed}`);
      assert.ok(score > 0);
    }
  }
});

test('full backups on Sundays, where no log names the kind, are not told week by week', () => {
  let found = 0;
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  for (const seed of seeds) {
    const job = quietJob(seed);
    const runs = job.runs.map((run, i) => ({
      ...run,
      kind: null,
      sizeBytes: i % 7 === 6 ? run.sizeBytes : run.addedBytes,
      durationMs: (run.durationMs ?? 0) * (i % 7 === 6 ? 6 : 1),
    }));
    const about = findAnomalies({ ...job, runs }, options).filter(({ startedAt }) => {
      return new Date(startedAt ?? 0).getUTCDay() === 0;
    });
    found += about.length;
  }
  assert.ok(found <= seeds.length / 2, `${found} Sundays in ${seeds.length} jobs`);
});

test('something every other night is told once, not for as long as it goes on', () => {
  const job = quietJob(1);
  const runs = job.runs.map((run, i) => {
    return i >= night && i < night + 20 && i % 2 === 0 ? { ...run, sizeBytes: (run.sizeBytes ?? 0) * 3 } : run;
  });
  assert.equal(findAnomalies({ ...job, runs }, options).filter(({ metric }) => metric === 'size').length, 1);
});

test('one trouble after another in the same job: each is found on its day', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    let job = quietJob(seed);
    const changes: [number, (run: JobHistory['runs'][number]) => Partial<JobHistory['runs'][number]>][] = [
      [70, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) * 5 })],
      [85, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) / 2 })],
      [100, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) / 10, fileCount: Math.round((run.fileCount ?? 0) / 10) })],
      [120, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) * 5 })],
    ];
    for (const [day, change] of changes) job = withIncident(job, day, 1, change);
    const days = findAnomalies(job, options)
      .filter(({ metric }) => metric === 'size')
      .map(({ startedAt }) => job.runs.findIndex((run) => run.startedAt === startedAt));
    const expected = changes.map(([day]) => day).filter((day) => job.runs[day]?.outcome === 'success');
    assert.deepEqual(days, expected, `seed ${seed}`);
  }
});

test('failed runs neither are findings nor move the baseline', () => {
  const job = withIncident(quietJob(1), night, 20, () => ({ outcome: 'failure', sizeBytes: 0, durationMs: 1 }));
  assert.deepEqual(
    findAnomalies(job, options),
    findAnomalies(
      withIncident(job, night, 20, () => ({})),
      options,
    ),
  );
  assert.ok(findAnomalies(job, options).every(({ startedAt }) => startedAt !== job.runs[night]?.startedAt));
});

test('a run marked as expected is no finding and its level the new baseline', () => {
  const grown = withIncident(quietJob(1), night, 182, (run) => ({ sizeBytes: (run.sizeBytes ?? 0) * 3 }));
  const startedAt = grown.runs[night]?.startedAt ?? NaN;
  const sizes = (expected: { job: string; startedAt: number; metric?: 'size' }[]): number =>
    findAnomalies(grown, { ...options, expected }).filter(({ metric }) => metric === 'size').length;
  assert.equal(sizes([{ job: grown.id, startedAt, metric: 'size' }]), 0);
  assert.equal(sizes([{ job: grown.id, startedAt }]), 0);
  assert.equal(sizes([{ job: 'another', startedAt }]), 1);
});

test('what a run was found to be does not depend on later runs', () => {
  const job = withIncident(quietJob(2), night, 1, (run) => ({ durationMs: (run.durationMs ?? 0) * 10 }));
  const key = (found: Anomaly): string => `${found.startedAt ?? 0} ${found.metric}`;
  const whole = findAnomalies(job, options).map(key);
  assert.ok(thatMorning(job).every((found) => whole.includes(key(found))));
});
