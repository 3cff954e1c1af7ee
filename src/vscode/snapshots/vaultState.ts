import type { VaultRefusal } from '../../protocol/vault.ts';

/**
 * How things stand with the store and its key. `locked`: there are snapshots, and their key is not here. `forgotten`
 * says that it was here, so that this machine's keyring does not keep keys. `isResealing` says that sealing everything anew
 * was cut short.
 */
export type VaultState =
  | { kind: 'unknown' }
  | { kind: 'firstRun' }
  | { kind: 'ready'; storeId: string; keyId: string; hasRecovery: boolean; isResealing: boolean }
  | { kind: 'locked'; keyId: string; hasRecovery: boolean; forgotten: boolean }
  | { kind: 'broken'; refusal: VaultRefusal };

/** Whether the store is older than when it was last seen here. */
export const isRolledBack = (state: VaultState): boolean =>
  state.kind === 'broken' && state.refusal.failure === 'storeRolledBack';
