/** In which language the command line speaks. */
import { usageError } from './commandError.ts';
import type { OptionValues } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The language that an environment asks for, in the order of POSIX; English where there is no translation.
 *
 * @example
 * languageOf({ LANG: 'es_MX.UTF-8' }) //=> 'es-MX'
 * languageOf({ LC_ALL: 'C', LANG: 'es_ES.UTF-8' }) //=> 'en'
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): string {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  const match = /^es(?:_([A-Z]{2}))?(?:[.@]|$)/.exec(locale);
  if (!match) return 'en';
  return match[1] === undefined ? 'es' : `es-${match[1]}`;
}

/** Reads `--language`; without it the terminal's counts. */
export function readLanguage(values: OptionValues, terminal: Terminal): string {
  const given = values['language'];
  if (typeof given !== 'string') return terminal.language;
  if (!/^(?:en|es)(?:-[A-Z]{2})?$/.test(given)) throw usageError(`--language: '${given}' is none of en, es`);
  return given;
}
