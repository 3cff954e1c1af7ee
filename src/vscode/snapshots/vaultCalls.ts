import type { VaultMethods } from '../../protocol/vault.ts';

/** Calls that only look. They are allowed in a workspace that nobody trusts. */
export type Reading =
  'counter' | 'list' | 'maskedText' | 'compare' | 'changedKeys' | 'keys' | 'history' | 'drift' | 'verify';
/** Calls that change which key is needed are methods of their own. */
export type Writing = Exclude<
  keyof VaultMethods,
  Reading | 'peek' | 'open' | 'recoverKey' | 'openKeyExport' | 'rotate' | 'reseal' | 'more'
>;
/** Calls that take a snapshot. */
export type Taking = 'snapshotFile' | 'snapshotEnvironment' | 'snapshotApplication' | 'snapshotApplicationText';
