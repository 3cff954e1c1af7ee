/** Reads the formats that a person described in the settings or in a file. */
import type { LogMapping, MappedFact } from '../backups/logs/mapping.ts';
import { isLinearPattern } from './isLinearPattern.ts';

const mappedFacts = [
  'job',
  'status',
  'exitCode',
  'start',
  'end',
  'duration',
  'bytes',
  'added',
  'files',
  'host',
  'repository',
  'error',
  'id',
] as const satisfies readonly MappedFact[];

/** Why a mapping cannot be used, and where in the list it stands, from 0; −1 for the list itself. */
export interface MappingFault {
  at: number;
  fault: 'notAList' | 'noName' | 'noGlob' | 'noRule' | 'badPattern' | 'slowPattern' | 'noOutcome' | 'unknownFact';
  /** The word that is wrong; empty when it is none. */
  word: string;
}

const longestPattern = 2000;
const most = 100;

/**
 * Checks mappings that a person wrote. Each needs a name, a glob, and either a pattern or fields, which must tell `status`
 * or `exitCode`; the pattern must be one that no line can make slow (`isLinearPattern`).
 *
 * @example
 * readMappings([{ name: 'dump', glob: '*.log', pattern: '^(?<start>\\S+) (?<status>\\w+)$' }]).mappings[0].name //=> 'dump'
 * readMappings([{ name: 'dump', glob: '*.log' }]).faults //=> [{ at: 0, fault: 'noRule', word: '' }]
 */
export function readMappings(value: unknown): { mappings: LogMapping[]; faults: MappingFault[] } {
  if (!Array.isArray(value) || value.length > most)
    return { mappings: [], faults: [{ at: -1, fault: 'notAList', word: '' }] };
  const mappings: LogMapping[] = [];
  const faults: MappingFault[] = [];
  (value as unknown[]).forEach((one, at) => {
    const read = readMapping(objectOf(one));
    if ('fault' in read) faults.push({ at, ...read });
    else mappings.push(read);
  });
  return { mappings, faults };
}

function readMapping(given: Readonly<Record<string, unknown>>): LogMapping | Omit<MappingFault, 'at'> {
  const name = textOf(given.name)?.trim();
  if (!name || name.length > 100) return { fault: 'noName', word: '' };
  const glob = textOf(given.glob)?.trim();
  if (!glob || glob.length > 500) return { fault: 'noGlob', word: '' };
  const pattern = textOf(given.pattern);
  if (pattern !== null) return readPattern(name, glob, pattern);
  const fields: Partial<Record<MappedFact, string>> = {};
  for (const [fact, field] of Object.entries(objectOf(given.fields))) {
    if (!isFact(fact) || typeof field !== 'string') return { fault: 'unknownFact', word: fact };
    fields[fact] = field;
  }
  if (Object.keys(fields).length === 0) return { fault: 'noRule', word: '' };
  if (!tellsOutcome(Object.keys(fields))) return { fault: 'noOutcome', word: '' };
  return { name, glob, pattern: null, fields };
}

function readPattern(name: string, glob: string, pattern: string): LogMapping | Omit<MappingFault, 'at'> {
  if (pattern.length > longestPattern) return { fault: 'badPattern', word: '' };
  try {
    new RegExp(pattern);
  } catch (error) {
    return { fault: 'badPattern', word: error instanceof Error ? error.message.replace(/^.*: /, '') : '' };
  }
  if (!isLinearPattern(pattern)) return { fault: 'slowPattern', word: '' };
  const groups = [...pattern.matchAll(/\(\?<([A-Za-z_$][\w$]*)>/g)].map((found) => found[1]!);
  const unknown = groups.find((group) => !isFact(group));
  if (unknown !== undefined) return { fault: 'unknownFact', word: unknown };
  return tellsOutcome(groups) ? { name, glob, pattern, fields: {} } : { fault: 'noOutcome', word: '' };
}

function isFact(word: string): word is MappedFact {
  return (mappedFacts as readonly string[]).includes(word);
}

function tellsOutcome(facts: readonly string[]): boolean {
  return facts.includes('status') || facts.includes('exitCode');
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
