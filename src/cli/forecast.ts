import { forecastSeries } from '../backups/forecast/forecastSeries.ts';
import { exitCodes, usageError } from './commandError.ts';
import { parseCommandLine, parseCount } from './options.ts';
import { LineError, numbersField, readJsonLines, textField } from './readJsonLines.ts';
import type { Terminal } from './terminal.ts';

/** `forecast`: the next N points of every series, with 95 % intervals. */
export async function forecast(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { horizon: { type: 'string' } });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw usageError('name one file of series');
  if (typeof values['horizon'] !== 'string') throw usageError('--horizon is needed: how many points to forecast');
  const horizon = parseCount('horizon', values['horizon'], 100_000);
  for await (const series of readJsonLines(path, readPeriodicSeries)) {
    const { point, lower, upper, model } = forecastSeries(series.values, { period: series.period, horizon });
    terminal.print(JSON.stringify({ id: series.id, point, lower, upper, model }));
  }
  return exitCodes.ok;
}

function readPeriodicSeries(line: Record<string, unknown>): { id: string; period: number; values: number[] } {
  const period = line['period'] ?? 1;
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 1)
    throw new LineError("'period' is no whole number from 1 up");
  const values = numbersField(line, 'values');
  if (values.length === 0) throw new LineError("'values' is empty");
  return { id: textField(line, 'id'), period, values };
}
