import type { TextRange } from '../formats/textLines.ts';
import { findCommandPasswords } from './commandPasswords.ts';
import { findDeviceSecrets } from './deviceSecrets.ts';
import { findKnownTokens } from './knownTokens.ts';
import { findLoginCalls } from './loginCalls.ts';
import type { SecretReason } from './secretRange.ts';
import { isPlaceholder } from './ordinaryValue.ts';
import { findUrlSecrets } from './urlSecrets.ts';
import { WordSieve } from './wordSieve.ts';

/** A secret that its form alone gives away. */
export interface PatternHit {
  start: number;
  end: number;
  reason: SecretReason;
}

/** A form that a regular expression describes. Most texts are done with by the words that most forms need. */
interface Form {
  /** Words one of which it cannot be without, in either case: where a text has none, the expression is not tried. */
  needs: readonly string[];
  /** The secret is its first group, the last thing in it that reads so; all of it without a group. */
  pattern: RegExp;
  reason: SecretReason;
  /** Whether a match is one; each when left out. */
  accepts?: (whole: string, value: string) => boolean;
}

const forms: readonly Form[] = [
  {
    needs: ['eyJ'],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,10000}(?:\.[A-Za-z0-9_-]{0,100000}){2,4}/g,
    reason: 'jwt',
  },
  {
    needs: ['basic', 'bearer', 'token', 'apikey', 'digest', 'negotiate'],
    pattern: /(?<![A-Za-z0-9])(?:basic|bearer|token|apikey|digest|negotiate)[ \t]+([A-Za-z0-9+/_~.=-]{8,})/gi,
    reason: 'authorization',
    accepts: isAuthorization,
  },
  {
    needs: ['$', '}'],
    pattern:
      /(?<![A-Za-z0-9$])(?:\$\$?(?:1|2[abxy]?|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|bcrypt-sha256)\$\$?[A-Za-z0-9./$=,+_-]{8,}|pbkdf2_sha\d+\$\d+\$[A-Za-z0-9./$=+]{8,}|\{(?:SSHA|SHA|SMD5|MD5|CRYPT|PBKDF2)\d*(?:-SHA\d+)?\}[A-Za-z0-9./$=+]{8,})/g,
    reason: 'hash',
  },
  // `jdbc:oracle:thin:scott/tiger@…`
  { needs: ['jdbc:oracle:'], pattern: /jdbc:oracle:\w{2,8}:[^\s/:@"']{1,64}\/([^\s@"']{1,128})@/g, reason: 'url' },
  // Go's data sources: `bob:secret@tcp(db:3306)/shop`
  {
    needs: ['@tcp(', '@udp(', '@unix('],
    pattern: /(?<![\w.-])[\w.-]{1,64}:([^\s@"'`]{1,256})(?=@(?:tcp|udp|unix)\()/g,
    reason: 'url',
  },
  // `ota.set_auth_password("secret")`
  {
    needs: ['password("', "password('"],
    pattern: /(?<![A-Za-z])set_?[a-z_]{0,30}password\((?:"([^"\r\n]{1,256})"|'([^'\r\n]{1,256})')\)/gi,
    reason: 'inline',
  },
  // The key of an account of Azure Storage, also in a comment that says little: `Key: …==`
  {
    needs: ['=='],
    pattern: /(?<!pub(?:lic)?[_ -]?)key["']?[ \t]*[:=][ \t]*["']?([A-Za-z0-9+/]{86}==)(?!=)/gi,
    reason: 'token',
  },
  // Redis' users: `user bob on >secret`
  {
    needs: ['>'],
    pattern: /(?<![^\r\n])user[ \t]+\S{1,64}[^\r\n>]{0,200}[ \t]>(\S{1,128})/g,
    reason: 'inline',
  },
  { needs: ['<auth-user-pass>'], pattern: /<auth-user-pass>\s*\S+[ \t]*\r?\n[ \t]*(\S+)/g, reason: 'inline' },
  // `login=user:password`, `user=user:password`; not `user: 1000:1000` or `www-data:www-data`.
  {
    needs: ['login=', 'user='],
    pattern:
      /(?<![\w-])(?:login=|user=(?=["']?[\w.@-]{1,64}:[^\s"',;]*[^a-z\s"',;-]))["']?[\w.@-]{1,64}:(?!\d+\b)([^\s"',;:/]{3,256})/g,
    reason: 'inline',
  },
  // `stats auth bob:secret`, also where it is commented out, `allow bob:secret`; not `allow group:admins`, `auth basic:realm`, `allow 2001:db8::/32`.
  {
    needs: ['auth', 'allow'],
    pattern:
      /(?<![^\r\n])[ \t]*(?:(?:[#;]{1,3}[ \t]*)?stats[ \t]+auth|allow|auth)[ \t]+(?![\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}:)(?!(?:users?|groups?|roles?|from|all|any|hosts?|net|ip|tcp|udp|port|service|domain|type|basic|digest|ldap|pam|negotiate|kerberos|oauth2?|oidc|bearer|none)[:=])["']?[\w.@-]{1,64}:(?!\d+\b)([^\s"',;:/]{3,256})/g,
    reason: 'inline',
  },
  {
    needs: ['@'],
    pattern: /(?<![^\r\n])register[ \t]*=>?[ \t]*[^\s:@]{1,64}:([^\s@]{1,128})@/g,
    reason: 'inline',
  },
  // The users of Kafka's PLAIN login: `user_bob="secret"`
  { needs: ['LoginModule'], pattern: /(?<![\w-])user_\w{1,64}=\\?"([^"\\\r\n]{1,256})/g, reason: 'inline' },
  // Asterisk's mailboxes: `100 => 4711,Bob`
  { needs: ['=>'], pattern: /(?<![^\r\n])\d{2,8}[ \t]*=>[ \t]*(\d{3,12}),/g, reason: 'inline' },
  // The last word is the secret that nginx signs links with.
  {
    needs: ['secure_link_md5'],
    pattern: /(?<![\w-])secure_link_md5[ \t]+"?[^"\r\n;]{0,200}[ \t]([^\s"$;]{1,128})"?[ \t]*;/g,
    reason: 'inline',
  },
  // SQL: `IDENTIFIED BY 'secret'`, `IDENTIFIED WITH plugin BY 'secret'`, `ENCRYPTED PASSWORD 'secret'`
  {
    needs: ['identified', 'password ', 'password\t'],
    pattern:
      /(?:identified[ \t]+(?:with[ \t]+[\w'"]{1,64}[ \t]+)?(?:by|as)|password)[ \t]+(?:"([^"'\r\n]{1,256})"|'([^"'\r\n]{1,256})')/gi,
    reason: 'inline',
  },
  // The same without quotes, in a statement; and `PASSWORD('secret')`.
  {
    needs: ['identified'],
    pattern:
      /(?<![\w-])(?:create|alter|grant)[ \t][^;\r\n]{0,200}[ \t]identified[ \t]+by[ \t]+(?!(?:password|values|random|globally|externally)\b)([^\s"';,()\\]{1,256})/gi,
    reason: 'inline',
  },
  {
    needs: ['password'],
    pattern:
      /=[ \t]*password[ \t]*\([ \t]*'([^'\r\n]{1,256})'[ \t]*\)|values[ \t]*\([ \t]*password[ \t]*\([ \t]*'([^'\r\n]{1,256})'/gi,
    reason: 'inline',
  },
];

const keyBegins = ['-----BEGIN', '---- BEGIN SSH2', 'PuTTY-User-Key-File'];
const pemBegin =
  /-----BEGIN ((?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OPENVPN STATIC KEY V1|OpenVPN tls-crypt-v2 (?:client|server) key)-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\d/gi;
/** What a resource of a Terraform state came to. */
const result = /"result"[ \t]*:[ \t]*"((?:[^"\\\r\n]|\\.){1,512})"/g;
/** No resource names its type longer before its result; in UTF-16 units. */
const maxResourceLength = 2_000;

/**
 * Finds the secrets that their form alone gives away, anywhere in a text, comments and keys included: private keys,
 * JWTs, credentials in URLs and in Authorization headers, tokens with a known prefix, password hashes, passwords among
 * the options of a command. The ranges may overlap and come in no order. Time grows with the length of the text.
 */
export function findPatterns(text: string): PatternHit[] {
  const hits: PatternHit[] = [];
  const add = (start: number, value: string, reason: SecretReason) => {
    if (value !== '' && !isPlaceholder(value)) hits.push({ start, end: start + value.length, reason });
  };
  const addAll = (ranges: readonly TextRange[], reason: SecretReason) => {
    for (const { start, end } of ranges) add(start, text.slice(start, end), reason);
  };

  const words = new WordSieve(text);
  if (words.mayHoldAny(keyBegins)) findPrivateKeys(text, hits);
  for (const range of findUrlSecrets(text)) hits.push({ ...range, reason: 'url' });
  addAll(findKnownTokens(text), 'token');
  for (const { needs, pattern, reason, accepts } of forms) {
    if (!words.mayHoldAny(needs)) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[2] ?? match[0];
      if (accepts?.(match[0], value) !== false) add(match.index + match[0].lastIndexOf(value), value, reason);
    }
  }
  if (words.mayHold('"random_password"')) {
    for (const match of text.matchAll(result)) {
      const before = text.slice(Math.max(0, match.index - maxResourceLength), match.index);
      const start = match.index + match[0].length - 1 - match[1]!.length;
      if (before.includes('"random_password"')) add(start, match[1]!, 'inline');
    }
  }
  addAll(findCommandPasswords(text, words), 'inline');
  addAll(findLoginCalls(text, words), 'inline');
  addAll(findDeviceSecrets(text, words), 'inline');
  return hits;
}

/** Prose has "bearer authentication"; a credential has a digit or both cases, and Basic decodes to `user:password`. */
function isAuthorization(whole: string, value: string): boolean {
  if (/^basic/i.test(whole)) return decodesToPair(value) || value.length >= 24;
  return value.length >= 20 ? /\d|[A-Z].*[a-z]|[a-z].*[A-Z]/.test(value) : /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** True for base64 of `user:password`. */
export function decodesToPair(value: string): boolean {
  const decoded = decodeBase64(value);
  return decoded !== null && /^[\x20-\x39\x3b-\x7e]{1,128}:[\x20-\x7e]+$/.test(decoded);
}

/** What base64 stands for, by code unit; null for anything else. Line breaks are allowed. */
export function decodeBase64(value: string): string | null {
  const packed = value.replace(/[\r\n \t]+/g, '');
  if (packed.length < 8 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  // Whatever passes here is base64 that atob takes.
  return packed.length % 4 === 0 || (packed.length % 4 !== 1 && !packed.endsWith('=')) ? atob(packed) : null;
}

/** Blocks that are meant for everybody: certificates, public keys. */
const publicBlock =
  /-----BEGIN ((?:TRUSTED |X509 |NEW |RSA |EC |DSA |SSH2 |PGP )*(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY(?: BLOCK)?|X509 CRL|DH PARAMETERS|EC PARAMETERS|PKCS7))-----[^-]*-----END \1-----/g;

/** The ranges of a text's certificates and public keys: what looks random in them is no secret. */
export function findPublicBlocks(text: string): TextRange[] {
  if (!text.includes('-----BEGIN ')) return [];
  return [...text.matchAll(publicBlock)].map(({ index, 0: block }) => ({ start: index, end: index + block.length }));
}

/** From the first line of a private key to its last; to the end of the text where none comes. */
function findPrivateKeys(text: string, hits: PatternHit[]): void {
  pemBegin.lastIndex = 0;
  for (let match = pemBegin.exec(text); match !== null; match = pemBegin.exec(text)) {
    const from = pemBegin.lastIndex;
    const ending = match[0].startsWith('PuTTY')
      ? /Private-(?:MAC|Hash):[ \t]*[0-9a-fA-F]*/g
      : /---- ?-?END [A-Z0-9 ]{1,60}-?----?/gi;
    ending.lastIndex = from;
    const end = ending.exec(text);
    const last = end === null ? text.length : end.index + end[0].length;
    hits.push({ start: match.index, end: last, reason: 'privateKey' });
    pemBegin.lastIndex = Math.max(last, from);
  }
}
