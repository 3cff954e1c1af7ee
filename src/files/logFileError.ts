import type { Message } from '../wording/message.ts';

/** A log that cannot be read at all: what to tell about it. The other logs are read all the same. */
export class LogFileError extends Error {
  readonly path: string;
  /** What went wrong, as a template of the wording. */
  readonly about: Message;

  constructor(path: string, about: Message) {
    super(`${about.code}: ${path}`);
    this.name = 'LogFileError';
    this.path = path;
    this.about = about;
  }
}
