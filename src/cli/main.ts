/** The process behind `backup-foresight`: streams, exit code and memory, nothing else. */
import { setFlagsFromString } from 'node:v8';
import { languageOf } from './language.ts';
import { askHidden } from './askHidden.ts';
import { runCommand } from './runCommand.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// V8 now and then takes what the learning drops at once for something that stays, and keeps it until the end: up to a third more
// memory for a million runs. Which of them it is depends on the moments of its garbage collections.
setFlagsFromString('--no-allocation-site-pretenuring');

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
  now: () => Date.now(),
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask: askHidden } : {}),
  language: languageOf(process.env),
  colors: process.stdout.isTTY && process.stdout.hasColors() && !process.env['NO_COLOR'],
});
