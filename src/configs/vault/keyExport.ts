/** A master key in a file to keep elsewhere, sealed by a passphrase. */
import type { MasterKey } from './keys.ts';
import { openRecovery, parseRecoverySlot, sealForRecovery } from './recovery.ts';
import { VaultError } from './vaultError.ts';

const kind = 'backup-foresight key 1';

/** The file's text. @throws VaultError passphraseTooShort under 12 characters. */
export async function writeKeyExport(key: MasterKey, passphrase: string): Promise<string> {
  return `${JSON.stringify({ kind, slot: await sealForRecovery(key, passphrase, kind) }, null, 2)}\n`;
}

/** Whether a text is meant to be an export, and not a key in its text form. */
export function isKeyExport(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/**
 * The key of an export.
 * @throws VaultError recoveryMalformed for any other text, or one that asks for more work than any export; passphraseWrong
 */
export async function readKeyExport(text: string, passphrase: string): Promise<MasterKey> {
  let value: { kind?: unknown; slot?: unknown } | null;
  try {
    value = JSON.parse(text) as { kind?: unknown; slot?: unknown } | null;
  } catch {
    throw new VaultError('recoveryMalformed');
  }
  if (value?.kind !== kind) throw new VaultError('recoveryMalformed');
  return openRecovery(parseRecoverySlot(value.slot), passphrase, kind);
}
