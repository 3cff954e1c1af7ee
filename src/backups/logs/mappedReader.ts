import { mapFields, type FieldMap } from './fieldMap.ts';
import { addRecord } from './generic.ts';
import type { LogMapping, MappedFact } from './mapping.ts';
import type { LogReader } from './reader.ts';

/** What a fact is called in the records that are read by their fields' names. */
const namesOfFacts: Readonly<Record<MappedFact, string>> = {
  job: 'backupname',
  status: 'status',
  exitCode: 'exitcode',
  start: 'startedat',
  end: 'endedat',
  duration: 'durationseconds',
  bytes: 'sizebytes',
  added: 'addedbytes',
  files: 'filecount',
  host: 'host',
  repository: 'repository',
  error: 'error',
  id: 'runid',
};
/** Beyond this a line is no run's: it also bounds what a slow pattern can cost. */
const longestLine = 4000;

/** The reader of a format of the user's own; it comes before all others in the logs that it is meant for. */
export function createMappedReader(mapping: LogMapping): LogReader {
  const { name, pattern } = mapping;
  if (pattern !== null) {
    const expression = new RegExp(pattern);
    return {
      tool: 'generic',
      readLine(line, log) {
        const groups = line.length > longestLine ? undefined : expression.exec(line)?.groups;
        if (!groups) return false;
        const facts = Object.keys(groups).filter((fact) => groups[fact] !== undefined) as MappedFact[];
        const map = fieldMapOf(facts.map((fact) => [fact, fact]));
        return map !== null && addRecord({ ...groups, job: groups.job ?? name }, map, log);
      },
    };
  }
  const facts = Object.entries(mapping.fields) as [MappedFact, string][];
  return {
    tool: 'generic',
    readObject(object, log) {
      const there = facts.filter(([, field]) => Object.hasOwn(object, field));
      const record: Record<string, unknown> = { job: name };
      for (const [fact, field] of there) record[fact] = object[field];
      const map = fieldMapOf(there.map(([fact]) => [fact, fact]));
      return map !== null && addRecord(record, map, log);
    },
  };
}

/** The columns' names of a table, as those are called that are known by themselves. @example renameColumns(['res'], mapping) */
export function renameColumns(columns: readonly string[], mapping: LogMapping | null): readonly string[] {
  if (mapping === null || mapping.pattern !== null) return columns;
  const facts = new Map(
    (Object.entries(mapping.fields) as [MappedFact, string][]).map(([fact, field]) => [field, fact]),
  );
  return columns.map((column) => {
    const fact = facts.get(column);
    return fact === undefined ? column : namesOfFacts[fact];
  });
}

function fieldMapOf(facts: readonly (readonly [MappedFact, string])[]): FieldMap | null {
  const keys = facts.map(([fact, key]) => [namesOfFacts[fact], key] as const);
  return mapFields(facts.some(([fact]) => fact === 'job') ? keys : [...keys, [namesOfFacts.job, 'job']]);
}
