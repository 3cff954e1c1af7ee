import type { TextRange } from '../formats/textLines.ts';
import { findCommandPasswords } from './commandPasswords.ts';
import { findDeviceSecrets } from './deviceSecrets.ts';
import type { SecretReason } from './secretRange.ts';
import { isPlaceholder } from './ordinaryValue.ts';

/** A secret that its form alone gives away. */
export interface PatternHit {
  start: number;
  end: number;
  reason: SecretReason;
}

const knownTokens = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])', // AWS
  'gh[pousr]_[A-Za-z0-9]{30,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'gl(?:pat|dt|rt|ptt|ft|imt|agent|oas|cbt|soat)-[\\w-]{16,}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,}',
  'xapp-\\d-[A-Za-z0-9-]{10,}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}', // Stripe
  'whsec_[A-Za-z0-9+/=]{16,}',
  'AIza[\\w-]{35}', // Google
  'ya29\\.[\\w-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  'sk-[A-Za-z0-9_-]{20,}', // OpenAI, Anthropic
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{40,}',
  'dckr_[a-z]+_[\\w-]{20,}',
  'do[opr]_v1_[a-f0-9]{40,}',
  'hf_[A-Za-z0-9]{30,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'hv[bsr]\\.[\\w-]{20,}', // HashiCorp Vault
  'tskey-[a-z]+-[\\w-]{10,}',
  'gl(?:sa|c)_[\\w=]{20,}', // Grafana
  'ATATT3[\\w=-]{20,}',
  'dapi[a-f0-9]{32}',
  'AGE-SECRET-KEY-1[A-Z0-9]{40,}',
  'key-[0-9a-f]{32}', // Mailgun
  '\\d{8,10}:AA[\\w-]{32,34}', // Telegram
  'sntry[su]_[\\w=/+]{20,}',
  'xkeysib-[a-f0-9]{40,}(?:-\\w+)?',
  'lin_api_\\w{20,}',
  'NRAK-[A-Z0-9]{20,}',
  'PMAK-[a-f0-9-]{30,}',
  'rubygems_[a-f0-9]{40,}',
  'secret_[A-Za-z0-9]{40,}',
  '[MNO][A-Za-z\\d_-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}', // Discord
  'v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}', // Cloudflare
  'SCRAM-SHA-\\d+\\$\\d+:[\\w+/=]+\\$[\\w+/=]+:[\\w+/=]+', // PostgreSQL
  'md5[0-9a-f]{32}(?![0-9a-f])',
  'sq[apu]_[A-Za-z0-9]{20,}', // SonarQube
  'figd_[\\w-]{20,}',
  'pul-[a-f0-9]{40}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.]{30,}', // Doppler
  'nfp_[A-Za-z0-9]{30,}', // Netlify
  'sbp_[a-f0-9]{30,}', // Supabase
  'pscale_(?:tkn|pw|oauth)_[\\w=.-]{30,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}', // Terraform Cloud
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{60,}', // Airtable
  'ATBB[A-Za-z0-9]{20,}', // Bitbucket
  'AKCp[A-Za-z0-9]{20,}', // Artifactory
  'oy2[a-z0-9]{43}', // NuGet
  'LTAI[A-Za-z0-9]{12,24}', // Alibaba Cloud
  'AKID[A-Za-z0-9]{13,}', // Tencent Cloud
  '1//0[\\w-]{30,}', // Google
  'gsk_[A-Za-z0-9]{20,}',
  'SK[0-9a-f]{32}(?![0-9a-f])', // Twilio
  'EAA[A-Za-z0-9]{50,}', // Facebook
  'tk_[a-z0-9]{20,}', // ntfy
  'ops_eyJ[\\w=-]{40,}', // 1Password
  'lsv2_(?:pt|sk)_[a-f0-9_]{30,}',
].join('|');
/** No token's first word is shorter: most words of a text are done with after a few letters. */
const token = new RegExp(`(?<![\\w.+/-])(?=[\\w.+/-]{8})(?:${knownTokens})`, 'g');

const jwt = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,10000}(?:\.[A-Za-z0-9_-]{0,100000}){2,4}/g;
const authorization = /(?<![A-Za-z0-9])(?:basic|bearer|token|apikey|digest|negotiate)[ \t]+([A-Za-z0-9+/_~.=-]{8,})/gi;
const hash =
  /(?<![A-Za-z0-9$])(?:\$\$?(?:1|2[abxy]?|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|bcrypt-sha256)\$\$?[A-Za-z0-9./$=,+_-]{8,}|pbkdf2_sha\d+\$\d+\$[A-Za-z0-9./$=+]{8,}|\{(?:SSHA|SHA|SMD5|MD5|CRYPT|PBKDF2)\d*(?:-SHA\d+)?\}[A-Za-z0-9./$=+]{8,})/g;
/** Behind `https://`: the path is what opens a hook. */
const secretPlace = new RegExp(
  `(?:${[
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/',
    '(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/',
    '(?:[\\w.-]+\\.webhook|outlook)\\.office\\.com/webhookb?2?/',
    'hc-ping\\.com/',
    'healthchecks\\.io/ping/',
    'api\\.telegram\\.org/bot',
    'hooks\\.zapier\\.com/hooks/catch/',
    'maker\\.ifttt\\.com/trigger/[\\w-]{1,64}/(?:json/)?with/key/',
    'uptime\\.betterstack\\.com/api/v1/heartbeat/',
    'cronitor\\.link/p/',
    'nosnch\\.in/',
    '[\\w.:-]{1,100}/t/(?=[\\w-]*\\d)', // Anaconda
    'open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/v2/hook/',
    // Of a server that people run themselves: Mattermost, Rocket.Chat, Healthchecks, Uptime Kuma.
    '[\\w.:-]{1,100}/(?:hooks|ping|api/push)/(?=[\\w-]*\\d)(?=[\\w-]*[a-z])',
  ].join('|')})([\\w@:/.-]{10,})`,
  'y',
);
/** Services of Shoutrrr and Apprise: all behind the scheme is the key to a chat. */
const chatScheme =
  /(?<![\w+.-])(?:discord|slack|telegram|tgram|teams|msteams|pushover|pover|pushbullet|pbul|gotifys?|ntfys?|rocketchat|rockets?|mattermost|mmosts?|matrixs?|zulip|opsgenie|googlechat|bark|ifttt|join)$/;
const chatPlace = /([^\s"'`<>/?]{3,200}(?:@|\/)[^\s"'`<>]{3,1000})/y;
const maxSchemeLength = 12;
/** `jdbc:oracle:thin:scott/tiger@…` */
const oracleLogin = /jdbc:oracle:\w{2,8}:[^\s/:@"']{1,64}\/([^\s@"']{1,128})@/g;
const goDataSource = /(?<![\w.-])[\w.-]{1,64}:([^\s@"'`]{1,256})@(?:tcp|udp|unix)\(/g;
const pemBegin =
  /-----BEGIN ((?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OPENVPN STATIC KEY V1|OpenVPN tls-crypt-v2 (?:client|server) key)-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\d/gi;
const redisUser = /(?<![^\r\n])user[ \t]+\S{1,64}[^\r\n>]{0,200}[ \t]>(\S{1,128})/g;
const openvpnLogin = /<auth-user-pass>\s*\S+[ \t]*\r?\n[ \t]*(\S+)/g;
/** `login=user:password`, `user=user:password`; not `user: 1000:1000` or `www-data:www-data`. */
const loginPair =
  /(?<![\w-])(?:login=|user=(?=["']?[\w.@-]{1,64}:[^\s"',;]*[^a-z\s"',;-]))["']?[\w.@-]{1,64}:(?!\d+\b)([^\s"',;:/]{3,256})/g;
/** `stats auth bob:secret`, `allow bob:secret`; not `allow group:admins`, nor `allow 2001:db8::/32`. */
const directiveLogin =
  /(?<![^\r\n])[ \t]*(?:stats[ \t]+auth|allow|auth)[ \t]+(?![\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}:)(?!(?:users?|groups?|roles?|from|all|any|hosts?|net|ip|tcp|udp|port|service|domain|type)[:=])["']?[\w.@-]{1,64}:(?!\d+\b)([^\s"',;:/]{3,256})/g;
/** A call that is given a name and a password: `Worker("bob", "secret")`, `HTTPBasicAuth('bob', 'secret')`. */
const loginCall =
  /(?<![A-Za-z])(?:\w{0,40}(?:Worker|BuildSlave)|\w{0,40}(?:Basic|Digest|Password)Auth(?:entication|orization)?|login|authenticate)\([ \t]*(["'])[^"'\r\n]{1,128}\1[ \t]*,[ \t]*(["'])((?:(?!\2)[^\\\r\n]|\\.){1,256})\2/g;
/** The names and passwords that such a call is given at once: `UserPasswordAuth({"bob": "secret"})`. */
const loginTable = /PasswordAuth\(([^()]{0,4000})\)/g;
const pairInTable = /["'][^"'\r\n]{1,128}["'][ \t]*[:,][ \t]*(["'])([^"'\r\n]{1,256})\1/g;
const sipRegister = /(?<![^\r\n])register[ \t]*=>?[ \t]*[^\s:@]{1,64}:([^\s@]{1,128})@/g;
/** The users of Kafka's PLAIN login: `user_bob="secret"`. */
const jaasUser = /(?<![\w-])user_\w{1,64}=\\?"([^"\\\r\n]{1,256})/g;
/** What a resource of a Terraform state came to. */
const result = /"result"[ \t]*:[ \t]*"((?:[^"\\\r\n]|\\.){1,512})"/g;
/** No resource names its type longer before its result; in UTF-16 units. */
const maxResourceLength = 2_000;
/** Asterisk's mailboxes: `100 => 4711,Bob`. */
const mailboxPin = /(?<![^\r\n])\d{2,8}[ \t]*=>[ \t]*(\d{3,12}),/g;
/** The last word is the secret that nginx signs links with. */
const linkSecret = /(?<![\w-])secure_link_md5[ \t]+"?[^"\r\n;]{0,200}[ \t]([^\s"$;]{1,128})"?[ \t]*;/g;
const sqlPassword = /(?:identified[ \t]+by|password)[ \t]+(["'])([^"'\r\n]{1,256})\1/gi;

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
  const addGroup = (match: RegExpExecArray, value: string, reason: SecretReason) =>
    add(match.index + match[0].lastIndexOf(value), value, reason);

  findPrivateKeys(text, hits);
  findUrlPasswords(text, hits);
  for (const match of text.matchAll(token)) add(match.index, match[0], 'token');
  if (text.includes('eyJ')) for (const match of text.matchAll(jwt)) add(match.index, match[0], 'jwt');
  for (const match of text.matchAll(authorization)) {
    if (isAuthorization(match[0], match[1]!)) addGroup(match, match[1]!, 'authorization');
  }
  if (/[$}]/.test(text)) for (const match of text.matchAll(hash)) add(match.index, match[0], 'hash');
  findSecretUrls(text, hits);
  if (text.includes('jdbc:')) for (const match of text.matchAll(oracleLogin)) addGroup(match, match[1]!, 'url');
  if (text.includes('@')) for (const match of text.matchAll(goDataSource)) addPassword(match, match[1]!, hits);
  for (const { start, end } of findCommandPasswords(text)) add(start, text.slice(start, end), 'inline');
  for (const match of text.matchAll(redisUser)) addGroup(match, match[1]!, 'inline');
  for (const match of text.matchAll(openvpnLogin)) addGroup(match, match[1]!, 'inline');
  for (const match of text.matchAll(loginPair)) addGroup(match, match[1]!, 'inline');
  for (const match of text.matchAll(directiveLogin)) addGroup(match, match[1]!, 'inline');
  for (const match of text.matchAll(loginCall)) addGroup(match, match[3]!, 'inline');
  for (const table of text.matchAll(loginTable)) {
    for (const pair of table[1]!.matchAll(pairInTable)) {
      const end = table.index + table[0].length - 1 - table[1]!.length + pair.index + pair[0].length - 1;
      add(end - pair[2]!.length, pair[2]!, 'inline');
    }
  }
  if (text.includes('"random_password"')) {
    for (const match of text.matchAll(result)) {
      const before = text.slice(Math.max(0, match.index - maxResourceLength), match.index);
      if (before.includes('"random_password"')) addGroup(match, match[1]!, 'inline');
    }
  }
  if (text.includes('secure_link_md5'))
    for (const match of text.matchAll(linkSecret)) addGroup(match, match[1]!, 'inline');
  if (text.includes('=>')) for (const match of text.matchAll(mailboxPin)) addGroup(match, match[1]!, 'inline');
  for (const match of text.matchAll(sipRegister)) addGroup(match, match[1]!, 'inline');
  if (text.includes('LoginModule')) for (const match of text.matchAll(jaasUser)) addGroup(match, match[1]!, 'inline');
  for (const { start, end } of findDeviceSecrets(text)) add(start, text.slice(start, end), 'inline');
  for (const match of text.matchAll(sqlPassword))
    add(match.index + match[0].length - 1 - match[2]!.length, match[2]!, 'inline');
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

/** Addresses whose path is a key. */
function findSecretUrls(text: string, hits: PatternHit[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = text.slice(Math.max(0, at - maxSchemeLength), at);
    const place = /https?$/.test(scheme) ? secretPlace : chatScheme.test(scheme) ? chatPlace : null;
    if (place === null) continue;
    place.lastIndex = at + 3;
    const match = place.exec(text);
    if (match === null) continue;
    const end = place.lastIndex;
    if (!isPlaceholder(match[1]!)) hits.push({ start: end - match[1]!.length, end, reason: 'url' });
  }
}

function findUrlPasswords(text: string, hits: PatternHit[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const from = at + 3;
    const end = urlEnd(text, from);
    const run = text.slice(from, end);
    const slash = /[/?#]/.exec(run)?.index ?? run.length;
    // A raw `/`, `#` or `?` in a password makes the last `@` the one before the host.
    const sign = run.lastIndexOf('@');
    if (sign <= 0) continue;
    const colon = run.indexOf(':');
    if (colon < 0 || colon > sign) {
      // A token alone, as in a Sentry DSN or `https://<token>@host`.
      const user = run.slice(0, run.indexOf('@'));
      if (slash > user.length && user.length >= 20 && /\d/.test(user) && /^[\w.~%+-]+$/.test(user)) {
        hits.push({ start: from, end: from + user.length, reason: 'url' });
      }
      continue;
    }
    if (slash < colon) continue;
    const password = run.slice(colon + 1, sign);
    // `host:8080/@scope`: a port and a path.
    if (password === '' || /^\d{1,5}[/?#]/.test(password) || isPlaceholder(password)) continue;
    hits.push({ start: from + colon + 1, end: from + sign, reason: 'url' });
  }
}

const maxUrlLength = 2_000;

/** Where a URL surely ends: white space, a quote, an angle bracket, the next URL, or a template that closes. */
function urlEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + maxUrlLength);
  let end = from;
  while (end < limit && !/[\s"'`<>]/.test(text[end]!) && !text.startsWith('://', end)) end++;
  return end;
}

function addPassword(match: RegExpExecArray, password: string, hits: PatternHit[]): void {
  if (isPlaceholder(password)) return;
  const start = match.index + match[0].indexOf(':') + 1;
  hits.push({ start, end: start + password.length, reason: 'url' });
}
