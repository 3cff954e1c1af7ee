/** A place in a configuration file that says when or how a backup job runs. */
export interface Definition {
  /** The line that a person would point at, from 0. */
  line: number;
  /** What the file calls it; null when it has no name. */
  name: string | null;
  /** Everything the file says about it: what jobs are recognized by. */
  text: string;
}

/** Finds the definitions in a file's text. What is no such file gives none; nothing throws. */
export type DefinitionReader = (text: string, fileName: string) => Definition[];
