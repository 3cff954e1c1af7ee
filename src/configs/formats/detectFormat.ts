import { findJsonValues } from './json.ts';
import { findNginxValues } from './nginx.ts';
import type { ConfigFormat } from './scalarValue.ts';
import { findTomlValues } from './toml.ts';
import { ValueList } from './valueList.ts';

/** Names that tell the format, tried in this order against the lower-case file name. */
const byName: readonly (readonly [RegExp, ConfigFormat])[] = [
  [/\.(?:ya?ml|sls|eyaml)(?:\.(?:example|sample|dist|bak|tmpl|j2))?$/, 'yaml'],
  [/\.(?:jsonc?|json5|tfstate|code-workspace|webmanifest|ndjson|jsonl)$|^\.(?:babelrc|eslintrc|prettierrc)$/, 'json'],
  [/^\.env(?:\.|$)|\.env(?:\.(?:example|sample|dist|local))?$|^env(?:ironment)?$|^\.envrc$|\.envrc$/, 'dotenv'],
  [
    /\.(?:ini|cfg|cnf|properties|service|timer|socket|mount|desktop|repo|reg|inf|pgpass\.conf)$|^\.?(?:gitconfig|editorconfig|npmrc|pypirc|s3cfg|my\.cnf|boto|hgrc|pg_service\.conf)$|^(?:pip|rclone|smb|aws)\.conf$|^rclone\.conf$/,
    'ini',
  ],
  [/\.toml$|^(?:cargo|poetry|uv)\.lock$|^pipfile$/, 'toml'],
  [/^nginx.*\.conf$|\.nginx$|\.nginxconf$/, 'nginx'],
  [/\.(?:tf|tfvars|hcl|xml|config|sh|bash|zsh|php|py|rb|lua|pl|js|cjs|mjs|ts|sql|txt|md|cron|crontab)$/, 'text'],
];

/** Files that are secrets as a whole: private keys, key stores, password files. */
const opaqueName =
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$|\.(?:key|ppk|p12|pfx|jks|keystore|kdbx?|keytab|asc|gpg|age)$|^\.?(?:pgpass|htpasswd|htdigest|sasl_passwd|passwd\.client|userlist|ocpasswd|pwfile|pcp|(?:ntp|chrony)\.keys|(?:chap|pap|davfs2?|ipsec)[-_.]secrets|vault[-_]pass(?:word)?|borg[-_]?pass(?:phrase|word)?|restic[-_]?pass(?:word)?|pass(?:word|wd|phrase)|shadow|gshadow)(?:\.txt|\.conf)?$|(?:^|[-_.])(?:passwords?|passphrases?|secrets?|tokens?)(?:[-_]?file)?(?:\.txt)?$|\.(?:secrets?|pass(?:word|phrase|wd)?|htpasswd|htdigest|wpa_psk|radius_clients|eap_user)$|^(?:jetty-realm|realm|artemis-users|mgmt-users|application-users)\.properties$|^rsyncd?\.secrets$/;

const sampleLength = 64 * 1024;
/** A name and words as nginx has them: neither a call nor a variable of a program, whose values only line rules read. */
const directive = /^(?!\w+\s+\$?\w+\s*=\s)[\w.-]+(?:\s.*)?[;{]$|^\}$/;

/**
 * Tells the format of a configuration file by its name and, where the name tells nothing (`app.conf`, no extension), by
 * its content. What breaks the grammar of its format is read by line rules; a text that fits a wrong one is read by that,
 * and a secret in it may be missed.
 *
 * @param path The path or the name of the file; both kinds of slashes are understood; may be empty.
 * @example
 * detectFormat('/srv/app/.env.production', '') //=> 'dotenv'
 * detectFormat('app.conf', '[db]\nuser = bob\n') //=> 'ini'
 */
export function detectFormat(path: string, text: string): ConfigFormat {
  const lower = path.toLowerCase();
  const name = lower.slice(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1);
  if (opaqueName.test(name) && !/\.pub$/.test(name)) return 'opaque';
  const named = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (/(?:^|[\\/])etc[\\/]default[\\/]/.test(lower)) return 'dotenv';
  if (/(?:^|[\\/])\.aws[\\/](?:credentials|config)$/.test(lower)) return 'ini';
  if (/(?:^|[\\/])nginx[\\/]/.test(lower)) return 'nginx';
  return detectByContent(text);
}

function detectByContent(text: string): ConfigFormat {
  const sample = text.slice(0, sampleLength);
  const first = sample.trimStart().charAt(0);
  if ((first === '{' || first === '[') && findJsonValues(text, new ValueList())) return 'json';

  if (/^\s*(?:<[?!]|#!)/.test(sample)) return 'text';

  const count = { section: 0, assignment: 0, environment: 0, colon: 0, directive: 0, other: 0 };
  for (const raw of sample.split(/\r\n?|\n/, 500)) {
    const line = raw.trim();
    if (line === '' || /^(?:#|;|\/\/)/.test(line)) continue;
    if (/^\[\[?[^\]]+\]?\]$/.test(line)) count.section++;
    else if (/^(?:export\s+)?[A-Z_][A-Z0-9_]*=/.test(line)) count.environment++;
    else if (/^[\w.-]+\s*=(?!>)/.test(line)) count.assignment++;
    else if (/^(?:- )*(?:[\w.-]+|"[^"]*"|'[^']*')\s*:(?:\s|$)/.test(line) || /^(?:---|-\s)/.test(line)) count.colon++;
    else if (directive.test(line)) count.directive++;
    else count.other++;
  }
  const pairs = count.assignment + count.environment;
  if (count.section > 0 && pairs >= count.colon) {
    return findTomlValues(text, new ValueList()) ? 'toml' : 'ini';
  }
  if (count.directive > 0 && count.directive >= pairs + count.colon + count.other) {
    return findNginxValues(text, new ValueList()) ? 'nginx' : 'text';
  }
  if (count.environment > 0 && count.environment >= count.assignment + count.colon + count.other) return 'dotenv';
  if (count.colon > 0 && count.colon >= pairs + count.other) return 'yaml';
  if (count.assignment > 0 && pairs >= count.colon + count.other) return 'ini';
  return 'text';
}
