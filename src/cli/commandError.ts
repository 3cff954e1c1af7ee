/** Exit codes of every command; `wait` is the gate's answer "not now". */
export const exitCodes = { ok: 0, error: 1, usage: 2, wait: 10 } as const;

/** Something the person at the terminal can put right: shown as one line, never with a stack. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(text: string, exitCode: number = exitCodes.error) {
    super(text);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** A wrong call: unknown option, missing argument, a value out of range. */
export function usageError(text: string): CommandError {
  return new CommandError(text, exitCodes.usage);
}
