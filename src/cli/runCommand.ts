/** Finds the command, runs it, and turns every failure into one line and an exit code. */
import packageJson from '../../package.json' with { type: 'json' };
import { CommandError, exitCodes } from './commandError.ts';
import { commands } from './commands.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command line `args` (without node and script) and gives the exit code. Never throws. */
export async function runCommand(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = name !== undefined;
    for (const line of helpLines()) {
      if (asked) terminal.print(line);
      else terminal.warn(line);
    }
    return asked ? exitCodes.ok : exitCodes.usage;
  }
  if (name === '--version') {
    terminal.print(packageJson.version);
    return exitCodes.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.warn(`backup-foresight: no command '${name}'; see backup-foresight --help`);
    return exitCodes.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(`usage: backup-foresight ${name} ${command.usage}`);
    terminal.print(`  ${command.summary}`);
    return exitCodes.ok;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    const known = error instanceof CommandError;
    const text = error instanceof Error ? error.message : String(error);
    terminal.warn(`backup-foresight ${name}: ${text.split('\n')[0]!}`);
    if (known && error.exitCode === exitCodes.usage) terminal.warn(`usage: backup-foresight ${name} ${command.usage}`);
    if (!known && process.env['BACKUP_FORESIGHT_DEBUG'] === '1' && error instanceof Error)
      terminal.warn(error.stack ?? '');
    return known ? error.exitCode : exitCodes.error;
  }
}

function helpLines(): string[] {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    'Backup Foresight: reads the logs of your backup tools and says what will fail next, why, and what to do.',
    '',
    'usage: backup-foresight COMMAND …',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'backup-foresight COMMAND --help shows its options.',
  ];
}
