import type { LogMapping } from '../backups/logs/mapping.ts';
import { readMappings, type MappingFault } from '../protocol/readMappings.ts';
import { usageError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { readSmallFile } from './readSmallFile.ts';

const maxBytes = 1024 * 1024;

const faultTexts: Readonly<Record<MappingFault['fault'], string>> = {
  notAList: 'it must hold a list of mappings in brackets',
  noName: 'it needs a "name"',
  noGlob: 'it needs a "glob"',
  noRule: 'it needs a "pattern" or "fields"',
  badPattern: 'its pattern is no regular expression',
  slowPattern: 'its pattern repeats something that repeats, which a long line can make endless',
  noOutcome: 'it tells no outcome: add "status" or "exitCode"',
  unknownFact: 'it names what cannot be told',
};

/** The mappings in a JSON file. @throws CommandError that names the file, the mapping and what to put right */
export function readMappingFile(path: string): LogMapping[] {
  let value: unknown;
  try {
    value = JSON.parse(readSmallFile(path, maxBytes));
  } catch (error) {
    throw usageError(
      `--mapping: ${path}: ${error instanceof SyntaxError ? 'it is no JSON' : describeFileError(error)}`,
    );
  }
  const { mappings, faults } = readMappings(value);
  const [first] = faults;
  if (!first) return mappings;
  const place = first.at < 0 ? '' : `mapping ${first.at + 1}: `;
  const word = first.word === '' ? '' : ` (${first.word})`;
  throw usageError(`--mapping: ${path}: ${place}${faultTexts[first.fault]}${word}`);
}
