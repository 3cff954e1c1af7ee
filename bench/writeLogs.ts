/** Large logs for the benchmarks, from a seed, written as fast as the disk takes them. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { seededNormal, seededRandom } from './simulateJob.ts';

const linesPerWrite = 2000;

async function writeLines(file: string, count: number, lineAt: (i: number) => string): Promise<void> {
  const stream = createWriteStream(file);
  for (let from = 0; from < count; from += linesPerWrite) {
    let text = '';
    for (let i = from; i < Math.min(count, from + linesPerWrite); i++) text += `${lineAt(i)}\n`;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** Records of `jobs` hourly jobs, `runs` in all, in time order; about 190 bytes each. */
export function writeRecords(file: string, runs: number, jobs: number): Promise<void> {
  const random = seededRandom(1);
  const normal = seededNormal(random);
  const start = Date.UTC(2020, 0, 1);
  return writeLines(file, runs, (i) => {
    const job = i % jobs;
    return JSON.stringify({
      backup_id: `job-${String(job).padStart(3, '0')}`,
      started_at: new Date(start + Math.floor(i / jobs) * 3_600_000 + job * 1000).toISOString(),
      status: random() < 0.05 ? 'failed' : 'completed',
      duration_seconds: Math.round(600 * Math.exp(0.1 * normal())),
      size_bytes: Math.round(5e9 * (1 + i / runs) * Math.exp(0.02 * normal())),
      files_new: Math.floor(random() * 100),
    });
  });
}

/** What `restic backup --json` writes: 19 status lines to every summary. */
export function writeResticJson(file: string, lines: number): Promise<void> {
  const random = seededRandom(2);
  const start = Date.UTC(2024, 0, 1);
  return writeLines(file, lines, (i) => {
    if (i % 20 < 19) {
      const done = (i % 20) / 19;
      return `{"message_type":"status","seconds_elapsed":${i % 20},"percent_done":${done},"total_files":4213,"files_done":${Math.round(4213 * done)},"total_bytes":73400320,"bytes_done":${Math.round(73400320 * done)},"current_files":["/srv/data/a/b/c/file-${i}.bin","/srv/data/a/b/c/file-${i + 1}.bin"]}`;
    }
    const at = start + Math.floor(i / 20) * 3_600_000;
    return JSON.stringify({
      message_type: 'summary',
      files_new: 3,
      files_changed: 17,
      files_unmodified: 4193,
      data_added: Math.round(random() * 1e7),
      total_files_processed: 4213,
      total_bytes_processed: 73_400_320,
      total_duration: 19.4,
      backup_start: new Date(at).toISOString(),
      backup_end: new Date(at + 19_400).toISOString(),
      snapshot_id: Math.floor(random() * 2 ** 52)
        .toString(16)
        .padStart(64, '0'),
    });
  });
}
