/** Configurations as they are now: files, environment variables, objects of applications. */
import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeEnvironment } from './environmentText.ts';
import type { ConfigFormat } from './formats/scalarValue.ts';
import type { SecretRules } from './secrets/secretRange.ts';
import type { SnapshotType } from './snapshotSummary.ts';
import type { Origin } from './vault/snapshotFile.ts';
import { VaultError } from './vault/vaultError.ts';

/** Which configuration to read. */
export type LiveConfig =
  | { type: 'file'; path: string; format?: ConfigFormat | null }
  | { type: 'env'; environment: Environment; sensitiveKeys?: readonly string[] }
  | { type: 'application'; config: object; encryptSensitive?: boolean };

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration that was read, ready to be cut. */
export interface Configuration {
  type: SnapshotType;
  name: string;
  content: Buffer;
  format: ConfigFormat | null;
  origin: Origin | null;
  rules: SecretRules | null;
}

/** Bytes of the largest file that is taken for a configuration: it is held in memory, several times over. */
export const largestFile = 64 * 1024 * 1024;

/** Names of environment variables that are secret unless the caller says otherwise. */
export const defaultSensitiveKeys: readonly string[] = ['PASSWORD', 'SECRET', 'API_KEY', 'KEY'];

/**
 * Reads a configuration.
 *
 * @param name what its snapshots are called: the path, the prefix, the application's name
 * @param rules which values are secret
 * Rejects with the file system's error, or with `VaultError` notAFile for a folder, a link, a pipe or a device, tooLarge
 * above `largestFile`.
 */
export async function readLive(live: LiveConfig, name: string, rules: SecretRules): Promise<Configuration> {
  switch (live.type) {
    case 'file':
      return await readFile(live.path, name, live.format ?? null, rules);
    case 'env':
      return environment(name, live.environment, live.sensitiveKeys ?? defaultSensitiveKeys, rules);
    case 'application':
      return application(name, live.config, live.encryptSensitive === false ? null : rules);
  }
}

function environment(
  prefix: string,
  variables: Environment,
  sensitiveKeys: readonly string[],
  rules: SecretRules,
): Configuration {
  return {
    type: 'env',
    name: prefix,
    content: Buffer.from(writeEnvironment(variables, prefix), 'utf8'),
    format: 'dotenv',
    origin: null,
    rules: { ...rules, sensitiveKeys: [...rules.sensitiveKeys, ...sensitiveKeys] },
  };
}

async function readFile(
  file: string,
  name: string,
  format: ConfigFormat | null,
  rules: SecretRules,
): Promise<Configuration> {
  const { content, mode, uid, gid } = await readPlainFile(file);
  const origin = { path: path.resolve(file), mode: mode & 0o7777, uid, gid };
  return { type: 'file', name, content, format, origin, rules };
}

function application(name: string, config: object, rules: SecretRules | null): Configuration {
  const content = Buffer.from(`${JSON.stringify(config, null, 2)}\n`, 'utf8');
  return { type: 'application', name, content, format: 'json', origin: null, rules };
}

/** A link may lead anywhere, and to another place at the next look: what is read is what was looked at. */
async function readPlainFile(file: string): Promise<{ content: Buffer; mode: number; uid: number; gid: number }> {
  if (!(await lstat(file)).isFile()) throw new VaultError('notAFile', file);
  // A pipe put there meanwhile must not make us wait for its writer. Windows knows neither flag: there they count as 0.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new VaultError('notAFile', file);
    if (stats.size > largestFile) throw new VaultError('tooLarge', file);
    const { mode, uid, gid } = stats;
    return { content: await readToEnd(handle, stats.size), mode, uid, gid };
  } finally {
    await handle.close();
  }
}

/** One call reads all there is, and sees that there is no more, unless the file is growing. */
async function readToEnd(handle: FileHandle, size: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await handle.read(content, 0, size + 1, 0);
  return bytesRead === size ? content.subarray(0, size) : handle.readFile();
}
