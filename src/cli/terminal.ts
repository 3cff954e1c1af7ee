import type { FileLayer } from '../files/fileLayer.ts';

/** What a command may touch of the terminal: streams and the clock, handed in so that a command can be run in a test. */
export interface Terminal {
  /** One line to standard output. */
  print(line: string): void;
  /** One line to standard error. */
  warn(line: string): void;
  /** UTC epoch milliseconds. */
  now(): number;
  /** BCP 47 tag of the language to speak when no option names one. */
  readonly language: string;
  /** True when standard output is a terminal that shows colors. */
  readonly colors: boolean;
  /** The file calls of the snapshot store; the system's when left out. */
  readonly files?: FileLayer;
  /** Asks for a secret and shows nothing of it; absent when nobody sits there. */
  ask?(question: string): Promise<string>;
}
