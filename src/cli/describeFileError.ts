import { VaultError } from '../configs/vault/vaultError.ts';

/** Why a file could not be taken, in a few words. */
export function describeFileError(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'no such file';
  if ((error as NodeJS.ErrnoException).code === 'EACCES') return 'permission denied';
  if (error instanceof VaultError && error.failure === 'notAFile') return 'no plain file';
  return error instanceof Error ? error.message : String(error);
}
