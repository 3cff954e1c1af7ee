/** Passphrases for the command line: typed unseen, or from the environment; never from an argument. */
import { CommandError } from './commandError.ts';
import type { Terminal } from './terminal.ts';

/** The passphrase of something that exists. */
export async function readPassphrase(terminal: Terminal, question: string): Promise<string> {
  const given = process.env['BACKUP_FORESIGHT_PASSPHRASE'];
  if (given) return given;
  if (!terminal.ask)
    throw new CommandError('a passphrase is needed: run it on a terminal, or set BACKUP_FORESIGHT_PASSPHRASE');
  return terminal.ask(question);
}

/** A new passphrase, typed twice. */
export async function choosePassphrase(terminal: Terminal): Promise<string> {
  const passphrase = await readPassphrase(terminal, 'New passphrase, at least 12 characters');
  if (process.env['BACKUP_FORESIGHT_PASSPHRASE']) return passphrase;
  if ((await terminal.ask!('Once more')) !== passphrase)
    throw new CommandError('the two are not the same; nothing was changed');
  return passphrase;
}
