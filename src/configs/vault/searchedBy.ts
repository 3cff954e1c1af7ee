import { createHash } from 'node:crypto';
import packageJson from '../../../package.json' with { type: 'json' };
import type { SecretRules } from '../secrets/secretRange.ts';

/** Short: it only has to differ where one of a handful of versions and settings does. */
const length = 16;

/**
 * What decides which values of a text are secret, in a word: the version of the program, which knows its own names and
 * forms, and the keys of the settings.
 */
export function searchedBy(rules: SecretRules | null): string {
  const settings = JSON.stringify([packageJson.version, rules && [rules.sensitiveKeys, rules.safeKeys]]);
  return createHash('sha256').update(settings).digest('base64url').slice(0, length);
}
