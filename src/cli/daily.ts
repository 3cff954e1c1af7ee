import { dueDay } from '../configs/dailySchedule.ts';
import { claimDay, finishDay } from '../files/claimDay.ts';
import { CommandError, exitCodes } from './commandError.ts';
import { explainVaultErrors, listIn, openStore, withBackup } from './configurationVault.ts';
import { describeFileError } from './describeFileError.ts';
import { machineZone, parseCommandLine } from './options.ts';
import { readObjectFile } from './readObjectFile.ts';
import { keepFiles, resultLine } from './snapshot.ts';
import type { Terminal } from './terminal.ts';

/**
 * `daily`: the job of each day. Keeps the environment variables, the listed files and the applications; one that fails is
 * told and the rest go on. Runs once a day, whether here or in VS Code: what is due at 01:00 is the day's.
 */
export async function daily(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, { again: { type: 'boolean' } });
  if (values['again'] === true) return keepAll(terminal);
  const day = dueDay(terminal.now(), machineZone());
  const { folder } = await explainVaultErrors(() => openStore(terminal));
  if (!(await explainVaultErrors(() => claimDay(folder, day, terminal.now(), terminal.files)))) {
    terminal.print(`${day} is done already, or another process is at it; --again runs it once more.`);
    return exitCodes.ok;
  }
  const exitCode = await keepAll(terminal);
  await explainVaultErrors(() => finishDay(folder, day, terminal.now(), terminal.files));
  return exitCode;
}

async function keepAll(terminal: Terminal): Promise<number> {
  const prefix = process.env['CONFIG_ENV_PREFIX'] ?? 'APP_';
  let failed = 0;
  const keep = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed++;
      const text = error instanceof CommandError ? error.message : describeFileError(error);
      terminal.warn(`backup-foresight daily: ${what}: ${text}`);
    }
  };
  if (Object.keys(process.env).some((name) => name.startsWith(prefix)))
    await keep(`environment ${prefix}*`, async () => {
      const result = await withBackup(terminal, (backup) => backup.backupEnvironmentVariables(prefix, process.env));
      terminal.print(resultLine(`environment ${prefix}*`, result));
    });
  await keep('files', async () => {
    if ((await keepFiles(listIn('CONFIG_FILES_TO_BACKUP'), 'daily', terminal)) !== exitCodes.ok) failed++;
  });
  for (const [name, file] of listedApplications())
    await keep(name, async () => {
      const config = readObjectFile(file);
      const result = await withBackup(terminal, (backup) => backup.backupApplicationConfig(name, config));
      terminal.print(resultLine(name, result));
    });
  return failed === 0 ? exitCodes.ok : exitCodes.error;
}

/** The applications of `CONFIG_APPLICATIONS_TO_BACKUP`: `name=file,name=file`. */
function listedApplications(): [string, string][] {
  return listIn('CONFIG_APPLICATIONS_TO_BACKUP').map((entry) => {
    const at = entry.indexOf('=');
    return [entry.slice(0, Math.max(at, 0)).trim(), entry.slice(at + 1).trim()];
  });
}
