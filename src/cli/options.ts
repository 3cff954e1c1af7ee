/** The options that several commands share, read from the command line and checked. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { AnalysisOptions } from '../protocol/analysis.ts';
import { parseBytes } from '../wording/parseBytes.ts';
import { usageError } from './commandError.ts';
import { readMappingFile } from './readMappingFile.ts';
import type { Terminal } from './terminal.ts';

type OptionSpecs = NonNullable<ParseArgsConfig['options']>;
export type OptionValues = Record<string, string | boolean | undefined>;

/** The options that set what an analysis speaks of. */
export const analysisOptionSpecs = {
  now: { type: 'string' },
  zone: { type: 'string' },
  capacity: { type: 'string' },
  language: { type: 'string' },
  mapping: { type: 'string' },
} as const satisfies OptionSpecs;

/** Splits a command's arguments; an unknown option or a missing value is a usage error. */
export function parseCommandLine(
  args: string[],
  options: OptionSpecs,
): { values: OptionValues; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { values: values as OptionValues, positionals };
  } catch (error) {
    // Node's text names the option; its second sentence explains a Node idiom that would only confuse here.
    throw usageError(error instanceof Error ? error.message.split('. ')[0]! : String(error));
  }
}

/** Reads `--now`, `--zone`, `--capacity`, `--mapping`; `maxRisk` as the gate's limit. */
export function readAnalysisOptions(values: OptionValues, terminal: Terminal): AnalysisOptions {
  return {
    now: typeof values['now'] === 'string' ? parseNow(values['now']) : terminal.now(),
    zone: typeof values['zone'] === 'string' ? parseZone(values['zone']) : machineZone(),
    capacityBytes: typeof values['capacity'] === 'string' ? parseCapacity(values['capacity']) : null,
    mappings: typeof values['mapping'] === 'string' ? readMappingFile(values['mapping']) : [],
    maxRisk: typeof values['max-risk'] === 'string' ? parseRisk(values['max-risk']) : 0.5,
  };
}

/** The zone of this machine. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function parseNow(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw usageError(`--now: '${text}' is no ISO time, such as 2026-11-24T03:00:00Z`);
  return at;
}

function parseZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw usageError(`--zone: '${text}' is no time zone, such as Europe/Madrid or UTC`);
  }
}

function parseCapacity(text: string): number {
  const bytes = parseBytes(text);
  if (bytes === null) throw usageError(`--capacity: '${text}' is no size, such as 500GB or 2TiB`);
  return bytes;
}

function parseRisk(text: string): number {
  const risk = text.trim() === '' ? NaN : Number(text);
  if (!(risk >= 0 && risk <= 1)) throw usageError(`--max-risk: '${text}' is no probability from 0 to 1`);
  return risk;
}

/** A whole number of at least one, and at most `most`. */
export function parseCount(option: string, text: string, most = 9_999_999): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw usageError(`--${option}: '${text}' is no whole number from 1 to ${most}`);
  return count;
}
