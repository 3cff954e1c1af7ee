import type { ConfigFormat, ScalarValue } from '../formats/scalarValue.ts';
import { isKeyFile, isOrdinary } from './ordinaryValue.ts';
import { decodeBase64, decodesToPair } from './patterns.ts';

/**
 * True for a value that is a secret under a name that only might name one: `session`, `key`, `community`.
 *
 * @param text The value as it stands in the text.
 * @example
 * isLikelySecret('flower_basic_auth', 'bob:hunter2', value, 'ini') //=> true
 * isLikelySecret('auth', 'ldap', value, 'ini') //=> false
 */
export function isLikelySecret(name: string, text: string, value: ScalarValue, format: ConfigFormat): boolean {
  // A bare `key` is mostly the name of something: a cache's, a shortcut's, a column's.
  if (/^keys?$/i.test(name)) {
    return /^(?=\S*\d)(?=\S*[A-Za-z])(?!(?:[A-Z][a-z]+){2,}\d{0,2}$)[\w+/=.~-]{12,}$/.test(text) && !isOrdinary(text);
  }
  if (isKeyFile(text)) return false;
  if (/licen[cs]e$/i.test(name)) return /^(?=.*\d)[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,9}$/i.test(text);
  if (/^(?:old)?pwd$/i.test(name)) return !/^[/~.$%]|^[A-Za-z]:\\/.test(text);
  if (/code$/i.test(name)) return /^\d{4,8}$/.test(text);
  // nginx and Apache pass requests on with it; everywhere else it is the password of a proxy.
  if (/proxy_?pass$/i.test(name)) return format !== 'nginx' && value.style !== 'words' && /^[^\s/:]+$/.test(text);
  // The community of SNMP is its password, and mostly a word; that of a route is a pair of numbers.
  if (/communit(?:y|ies)$/i.test(name) && /^(?=.*\D)[^\s:/]{3,64}$/.test(text)) return true;
  if (/salt$/i.test(name) && /^(?=.*\D)\S{6,}$/.test(text)) return true;
  if (/auth|user[._]?info/i.test(name) && isLoginPair(text)) return true;
  if (/cert/i.test(name) && !/key/i.test(name) && isEncodedCertificate(text)) return false;
  if (/pin$|otp$/i.test(name) && /^\d{4,12}$/.test(text)) return true;
  if (/seed|mnemonic/i.test(name) && text.split(/\s+/).length >= 12) return true;
  return decodesToPair(text) || !isOrdinary(text, value.tag);
}

/** True for `bob:secret`, and not for a host with a port, nor for a kind of login and its realm: `basic:shop`. */
export function isLoginPair(text: string): boolean {
  return /^(?!(?:basic|digest|ldap|pam|negotiate|kerberos|oauth2?|oidc|bearer|none):)[^\s:/,]{1,64}:(?!\d{1,5}$)[^\s/,]{3,256}$/.test(
    text,
  );
}

/** A certificate in base64: published, unless its key comes along. */
function isEncodedCertificate(text: string): boolean {
  const decoded = text.startsWith('LS0tLS1CRUdJTi') ? decodeBase64(text) : null;
  return decoded !== null && decoded.startsWith('-----BEGIN CERTIFICATE') && !decoded.includes('PRIVATE');
}
