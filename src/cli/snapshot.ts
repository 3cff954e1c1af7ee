import path from 'node:path';
import type { BackupResult } from '../configs/backupResult.ts';
import type { ConfigurationBackup } from '../configs/configurationBackup.ts';
import type { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { isWorthSealingElsewhere, startSealing } from '../worker/sealElsewhere.ts';
import { builtFolder } from './builtFolder.ts';
import { exitCodes, usageError } from './commandError.ts';
import { listIn, withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import { readObjectFile } from './readObjectFile.ts';
import { describeFileError } from './describeFileError.ts';
import type { Terminal } from './terminal.ts';

const sealScript = 'seal.cjs';

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
    const config = readObjectFile(file);
    terminal.print(
      resultLine(name, await withBackup(terminal, (backup) => backup.backupApplicationConfig(name, config))),
    );
    return exitCodes.ok;
  }
  throw usageError("say what to keep: 'file', 'env' or 'app'");
}

function snapshotFiles(named: readonly string[], terminal: Terminal): Promise<number> {
  const files = named.length > 0 ? named : listIn('CONFIG_FILES_TO_BACKUP');
  if (files.length === 0) throw usageError('name at least one file, or list them in CONFIG_FILES_TO_BACKUP');
  return keepFiles(files, 'snapshot', terminal);
}

/** Keeps files; one that fails is told, and the rest goes on. */
export async function keepFiles(files: readonly string[], command: string, terminal: Terminal): Promise<number> {
  const once = [...new Set(files.map((file) => path.resolve(file)))];
  const results = await withBackup(terminal, (backup, store) => backUp(once, backup, store));
  let exitCode: number = exitCodes.ok;
  results.forEach((result, index) => {
    const file = once[index]!;
    if (!('error' in result)) {
      terminal.print(resultLine(file, result));
      return;
    }
    terminal.warn(`backup-foresight ${command}: ${file}: ${describeFileError(result.error)}`);
    exitCode = exitCodes.error;
  });
  return exitCode;
}

/** Many files are kept by two threads. */
async function backUp(
  files: readonly string[],
  backup: ConfigurationBackup,
  store: SnapshotStore,
): ReturnType<ConfigurationBackup['backupConfigFiles']> {
  const folder = builtFolder(sealScript);
  if (folder === undefined || !isWorthSealingElsewhere(files.length)) return backup.backupConfigFiles(files);
  const sealing = startSealing(path.join(folder, sealScript));
  try {
    return await backup.backupConfigFiles(files, sealing.addTo(store));
  } finally {
    await sealing.close();
  }
}

export function resultLine(what: string, { snapshotId, isNew }: BackupResult): string {
  return `${snapshotId}  ${isNew ? 'new' : 'unchanged'}  ${what}`;
}
