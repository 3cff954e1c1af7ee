import { scoreSeries } from '../backups/anomalies/scoreSeries.ts';
import { exitCodes, usageError } from './commandError.ts';
import { parseCommandLine } from './options.ts';
import { LineError, numbersField, readJsonLines, textField } from './readJsonLines.ts';
import type { Terminal } from './terminal.ts';

/** `score`: an anomaly score for every point of every series, each from that point and earlier ones only. */
export async function score(args: string[], terminal: Terminal): Promise<number> {
  const { positionals } = parseCommandLine(args, {});
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw usageError('name one file of series');
  for await (const { id, times, values } of readJsonLines(path, readTimedSeries))
    terminal.print(JSON.stringify({ id, scores: scoreSeries(times, values) }));
  return exitCodes.ok;
}

function readTimedSeries(line: Record<string, unknown>): { id: string; times: number[]; values: number[] } {
  const series = {
    id: textField(line, 'id'),
    times: numbersField(line, 'times'),
    values: numbersField(line, 'values'),
  };
  if (series.times.length !== series.values.length)
    throw new LineError(`${series.times.length} times for ${series.values.length} values`);
  return series;
}
