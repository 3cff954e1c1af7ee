/** Text from a log, made fit to keep and to show. */

/**
 * One line, no characters that control or hide, no passwords in addresses, at most 500 characters.
 *
 * @example cleanText('Fatal:  open rest:https://me:secret@host/ \n failed') //=> 'Fatal: open rest:https://me:***@host/ failed'
 */
export function cleanText(text: string): string {
  const safe = hidePassword(fitToShow(text.slice(0, 2000)).replace(/ {2,}/g, ' '));
  return safe.length > 500 ? `${safe.slice(0, 499)}…` : safe;
}

/** An address without the password in it. @example hidePassword('sftp://a:b@h/') //=> 'sftp://a:***@h/' */
export function hidePassword(text: string): string {
  return text.includes('@') ? text.replace(/(:\/\/[^\s:@/]{0,100}):[^\s@/]{1,200}@/g, '$1:***@') : text;
}

const unfit = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/;

/**
 * A text that is safe to show in a sentence: without control characters, without those that turn around the direction of
 * what stands after them, and without those that show nothing. Letters that are written from right to left stay.
 *
 * @example
 * fitToShow('web\u202e10') //=> 'web10'
 */
export function fitToShow(text: string): string {
  // Nearly every one is, and each run has a name.
  if (!unfit.test(text)) return text.trim();
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/g, '')
    .trim();
}
