/** Text from a log, made fit to keep and to show. */

/**
 * One line, no control characters, no passwords in addresses, at most 500 characters.
 *
 * @example cleanText('Fatal:  open rest:https://me:secret@host/ \n failed') //=> 'Fatal: open rest:https://me:***@host/ failed'
 */
export function cleanText(text: string): string {
  const plain = text
    .slice(0, 2000)
    .replace(/[\u0000-\u0020\u007f-\u009f]+/g, ' ')
    .trim();
  const safe = hidePassword(plain);
  return safe.length > 500 ? `${safe.slice(0, 499)}…` : safe;
}

/** An address without the password in it. @example hidePassword('sftp://a:b@h/') //=> 'sftp://a:***@h/' */
export function hidePassword(text: string): string {
  return text.includes('@') ? text.replace(/(:\/\/[^\s:@/]{0,100}):[^\s@/]{1,200}@/g, '$1:***@') : text;
}
