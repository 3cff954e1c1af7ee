import { VaultError } from '../configs/vault/vaultError.ts';
import { failureTexts } from './vaultTexts.ts';

const texts: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EISDIR: 'is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
};

/** Why a file could not be taken or written, in a few words. */
export function describeFileError(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && Object.hasOwn(texts, code)) return texts[code]!;
  if (error instanceof VaultError) return failureTexts[error.failure];
  return error instanceof Error ? error.message : String(error);
}
