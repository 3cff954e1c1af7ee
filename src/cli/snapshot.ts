import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from 'js-yaml';
import type { BackupResult } from '../configs/configurationBackup.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * `snapshot file PATH…`, `snapshot env [PREFIX]`, `snapshot app NAME FILE`: keeps a configuration with its secrets sealed.
 * One file that fails is told, and the rest goes on.
 */
export async function snapshot(args: string[], terminal: Terminal): Promise<number> {
  const { positionals } = parseCommandLine(args, {});
  const [kind, ...rest] = positionals;
  if (kind === 'file') return snapshotFiles(rest, terminal);
  if (kind === 'env') {
    const prefix = rest[0] ?? process.env['CONFIG_ENV_PREFIX'] ?? 'APP_';
    const result = await withBackup(terminal, (backup) => backup.backupEnvironmentVariables(prefix, process.env));
    terminal.print(resultLine(`environment ${prefix}*`, result));
    return exitCodes.ok;
  }
  if (kind === 'app') {
    const [name, file] = rest;
    if (name === undefined || file === undefined) throw usageError('name the application and its JSON or YAML file');
    const config = await readObject(file);
    terminal.print(
      resultLine(name, await withBackup(terminal, (backup) => backup.backupApplicationConfig(name, config))),
    );
    return exitCodes.ok;
  }
  throw usageError("say what to keep: 'file', 'env' or 'app'");
}

async function snapshotFiles(named: readonly string[], terminal: Terminal): Promise<number> {
  const listed = (process.env['CONFIG_FILES_TO_BACKUP'] ?? '').split(',').map((file) => file.trim());
  const files = named.length > 0 ? named : listed.filter((file) => file !== '');
  if (files.length === 0) throw usageError('name at least one file, or list them in CONFIG_FILES_TO_BACKUP');
  let exitCode: number = exitCodes.ok;
  for (const file of files) {
    try {
      const result = await withBackup(terminal, (backup) => backup.backupConfigFile(path.resolve(file)));
      terminal.print(resultLine(file, result));
    } catch (error) {
      terminal.warn(`backup-foresight snapshot: ${file}: ${describe(error)}`);
      exitCode = exitCodes.error;
    }
  }
  return exitCode;
}

async function readObject(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(`${file}: ${describe(error)}`);
  });
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    // Only the place: the parser's message repeats a piece of its input, which may be a secret.
    const { line } = (error as { mark?: { line?: number } }).mark ?? {};
    throw new CommandError(`${file}${line === undefined ? '' : `:${line + 1}`}: neither JSON nor YAML`);
  }
  if (typeof value !== 'object' || value === null) throw new CommandError(`${file}: holds no object`);
  return value;
}

function resultLine(what: string, { snapshotId, isNew }: BackupResult): string {
  return `${snapshotId}  ${isNew ? 'new' : 'unchanged'}  ${what}`;
}

function describe(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'no such file';
  if ((error as NodeJS.ErrnoException).code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
