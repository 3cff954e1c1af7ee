/** How a log of a format of the user's own is read: by a regular expression, or by the names of its fields. */

/** What a group of the pattern, or a field of a record, may tell. */
export type MappedFact =
  | 'job'
  | 'status'
  | 'exitCode'
  | 'start'
  | 'end'
  | 'duration'
  | 'bytes'
  | 'added'
  | 'files'
  | 'host'
  | 'repository'
  | 'error'
  | 'id';

/** A format of the user's own. */
export interface LogMapping {
  /** The job of lines that name none. */
  name: string;
  /** Which logs are meant, as a glob pattern: `logs/nightly-*.log`. */
  glob: string;
  /** A regular expression that no line can make slow; its named groups are facts. Null when the records have fields. */
  pattern: string | null;
  /** For each fact, the field of a JSON record or the column of a table that tells it; empty with a pattern. */
  fields: Partial<Record<MappedFact, string>>;
}
