import { looksRandom } from './entropy.ts';
import { describesOnly, mentionsMeasure } from './judgeName.ts';
import { isOrdinary } from './ordinaryValue.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * True for a value below a secret's name that only tells about the secret: how long it lasts, who issued it, whose it is.
 *
 * @param name The last key of its path.
 * @example
 * saysNothingBelow('validity-in-seconds-for-remember-me', '2592000') //=> true
 * saysNothingBelow('first', 'hunter2') //=> false
 */
export function saysNothingBelow(name: string, text: string): boolean {
  if ((describesOnly(name) || name === 'key') && isOrdinary(text)) return true;
  if (/(?:issuer|audience)s?$/i.test(name)) return !looksRandom(text);
  if (/id$/i.test(name) && uuid.test(text)) return true;
  // Milliseconds; no secret is a round number.
  return /^\d+$/.test(text) && (mentionsMeasure(name) || /[1-9]0{3,}$/.test(text));
}

/** What a connection string says beside the password. */
const openPart =
  /^\s*(?:server|data ?source|host|hostname|address|addr|port|database|dbname|initial catalog|filename|attachdbfilename|mode|cache|user(?: ?id| ?name)?|uid|trusted_connection|integrated security|multipleactiveresultsets|trustservercertificate|encrypt|persist security info|pooling|(?:max|min)(?:imum)? pool size|(?:connection|connect|command)? ?timeout|application name|app|provider|driver|charset|ssl ?mode|include error detail|version)\s*=[^=]*$/i;

/**
 * True for a connection string that holds no password: `Server=db;Database=shop;Trusted_Connection=True`. A part that is
 * not known counts as one.
 *
 * @example
 * isOpenConnection('Data Source=/var/lib/shop.sqlite') //=> true
 * isOpenConnection('Server=db;Database=shop;Pwd=hunter2') //=> false
 */
export function isOpenConnection(text: string): boolean {
  if (text.length > 500 || !text.includes('=')) return false;
  return text.split(';').every((part) => part.trim() === '' || (openPart.test(part) && !looksRandom(part)));
}
