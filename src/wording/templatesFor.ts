import type { Wording } from './format.ts';
import { spanish } from './spanish.ts';

/**
 * The sentences in a language, by its BCP 47 tag; none for English and for languages that there is no translation of,
 * which read English.
 *
 * @example templatesFor('es-MX')['report.why'] //=> 'Por qué este riesgo'
 * @example templatesFor('de') //=> {}
 */
export function templatesFor(language: string): Wording['templates'] {
  return /^es(?:[-_]|$)/i.test(language) ? spanish : {};
}
