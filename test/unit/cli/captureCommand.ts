import { runCommand } from '../../../src/cli/runCommand.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

/** What a command line came to: its exit code, and the lines of both streams. */
export interface Captured {
  code: number;
  out: string[];
  err: string[];
}

/** Runs a command line on a terminal that keeps what is printed: in English, without colors, on 2026-11-24. */
export async function captureCommand(args: string[], terminal: Partial<Terminal> = {}): Promise<Captured> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, {
    print: (line) => out.push(line),
    warn: (line) => err.push(line),
    now: () => Date.UTC(2026, 10, 24, 12),
    language: 'en',
    colors: false,
    ...terminal,
  });
  return { code, out, err };
}
