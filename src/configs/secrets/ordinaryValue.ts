/** Values that mean nothing by themselves. */
const constants =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|~|inherit|default|enabled|disabled|read|write|always|on_create|[01]|\d{1,3}(?:ms|[smhdwy]))$/i;

/** One template expression without a default: `${VAR}`, `$VAR`, `$(command)`, `{{ name }}`, `{% … %}`, `<%= … %>`, `%VAR%`, `<name>`, `{name}`, `@NAME@`, `@a.name@`, `$1`. */
const templates =
  /\$\{\{[^{}]*\}\}|\$\{[\w.]+(?::?\?[^{}]*|:?-)?\}|\$\([\w./ -]+\)|\$\d(?![\w$])|\{[a-z]+(?:_[a-z]+)*\}|\$(?:[A-Z_][A-Z0-9_]*(?![A-Za-z0-9])|[A-Za-z_]+(?![A-Za-z0-9]))|\{\{[^{}]*\}\}|\{(?:\$|env\.)?[A-Z][A-Z0-9_]{2,}\}|\{%[^{}]*%\}|<%=? *(?:ENV\[["']\w+["']\]|ENV\.fetch\(["']\w+["']\)|[A-Za-z][\w.]*(?:\[[:"'\w]+\])*) *-?%>|%[A-Za-z_]\w*%|%\([\w.]+\)s|%\{[^{}\r\n]*\}|<[A-Za-z_][\w .-]*>|@[A-Z_]{3,}@|^@[A-Za-z][\w-]*(?:[.-]\w+)+@$|__[A-Z_]{3,}__/g;

/** The literal that stands in where an expression finds nothing, or that a filter is given: it may be the secret. */
const literalInTemplate = /(?:^\{\{-? *|\bdefault *\(?|\bor +|\|\| *|\benv_var\([^,()]*, *)["']/;

/** Where a secret is, not what it is: secret managers, Terraform expressions, reads of the environment without a default. */
const references =
  /^(?:(?:op|vault|ssm|awssm|gcpsm|azkv|secretref|file|env|keyring|bws|pass|doppler):\/\/[\w./#@:{}-]+|(?:vault|ssm|file|keyring):\/?[\w.-]+\/[\w./#@:{}-]+|secretref:[\w-]+|env:[A-Z_]\w*|ref\+\w+:\/\/\S+|arn:[\w-]+:(?:secretsmanager|ssm|kms|iam):\S+|projects\/[\w-]+\/secrets\/\S+|(?:var|local|module|data|each|self|random_\w+|aws_\w+|google_\w+|azurerm_\w+|vault_\w+|tls_\w+)\.[\w.[\]"'*-]+|process\.env(?:\.\w+|\[["']\w+["']\])!?|os\.environ(?:\[["']\w+["']\]|\.get\(["']\w+["']\))|(?:env|getenv|os\.getenv|config|file|sensitive|ENV|System\.getenv)[([]["']?[\w.\/${}-]*["']?(?:,[ \t]*(?:''|""|null|None|false))?[)\]]|(?:base64encode|base64decode|sensitive|nonsensitive|tostring|trimspace)\((?:var|local|module|data)\.[\w.[\]"']+\)?|lookup\(\S*\)|secrets\.\w+)$/;

/** `str = ""`: the type of a setting, and that it is empty. */
const emptyDefault = /^[A-Za-z_][\w.[\] |]*=[ \t]*(?:""|''|None|null)$/;

/** A value that Helm or a command puts together over several lines: its first line, and Helm's arguments on the others. */
const openTemplate =
  /^\{\{-?[ (](?:(?!\}\})[^])*$|^"[\w.-]+"[ \t]+[$.][\w.]*[ \t)]*$|^["']?\$\((?!\s*(?:echo|printf)\b)[^()]*\\$/;

/** An option where a value should be, as in `--password --host db`, and the dashes of a list that says nothing. */
const option = /^--(?:[a-z]{2,}(?:-[a-z]+)*)?$/;

/** An address whose name and password are both taken from elsewhere, once the expressions are gone. */
const emptyUser = /^[a-z][\w+.-]*:\/\/:?@?[\w.-]*(?::\d*)?(?:\/[\w-]{0,64})?$/i;

/** Without one of these, a value is neither an expression nor a reference. */
const beyondWords = /[$%{<@_:./[(+]/;

/** YAML tags that make the value a reference. */
const referenceTags = /^!(?:Ref|GetAtt|ImportValue|env|ENV|env_var|secret|include|reference|var)$/;

/**
 * True for a value that is no secret whatever its key says: empty, a constant, one repeated character (from three on), nothing but
 * template expressions, or a reference to a secret that is kept elsewhere.
 *
 * @example
 * isPlaceholder('${DB_PASSWORD}') //=> true
 * isPlaceholder('${DB_PASSWORD:-hunter2}') //=> false
 */
export function isPlaceholder(value: string, tag?: string): boolean {
  const text = value.slice(0, maxLooked).trim();
  if (text === '' || constants.test(text) || /^(?:(.)\1{2,}|[*x•.|>#\\-]|%[a-z]|\[\]|\{\}|\(\))$/u.test(text))
    return true;
  if (tag !== undefined && referenceTags.test(tag)) return true;
  if (value.length > maxLooked) return false;
  if (emptyDefault.test(text) || option.test(text)) return true;
  if (!beyondWords.test(text)) return false;
  if (references.test(text) || openTemplate.test(text) || isCommand(text)) return true;
  const expanded = text.replace(templates, (expression) => (literalInTemplate.test(expression) ? expression : ''));
  // `command "$NAME" "$PASSWORD" >> file`
  const rest = expanded.replace(/[ \t]\d?>>?[ \t]*[\w./-]+$/, '');
  return expanded !== text && (!/[\p{L}\p{N}]/u.test(rest) || (text.includes('@') && emptyUser.test(rest)));
}

/** True for what a shell puts the output of a command in for: `$(gpg --decrypt "$FILE")`; `echo` puts its own text in. */
function isCommand(text: string): boolean {
  const command = /^(["']?)\$\(([^]*)\)\1$/.exec(text)?.[2];
  if (command === undefined || /(?:^|[|;&({]\s*)(?:echo|printf)\b/.test(command)) return false;
  let depth = 0;
  for (const unit of command) {
    if (unit === '(') depth++;
    else if (unit === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** Longer values are never placeholders, and not ordinary either. */
const maxLooked = 1_000;

const roots =
  /^<?(?:(?:\/|~\/|\.{1,2}\/|\$\{?HOME\}?\/)[\w.@+~${}-]+(?:\/[\w.@+~${} -]*)*|\/|\.{1,2}|[A-Za-z]:\\[\w.\\ -]+)$/;
const knownRoots =
  /^<?(?:\/(?:etc|run|var|home|usr|opt|root|mnt|tmp|srv|data|app|config|secrets?|vault|proc|dev|lib|bin)\/|~\/|\.{1,2}\/|[A-Za-z]:\\)/;

/** `src/token.ts`: a file of a kind that everybody knows, in a folder. */
const fileInFolder =
  /^[\w@.-]+(?:\/[\w@.-]+)*\/[\w@-][\w@.-]*\.(?:txt|json|ya?ml|toml|ini|conf|env|pem|crt|md|html?|xml|sh|py|php|rb|go|rs|java|[cm]?[jt]sx?)$/;

/** `hash:/etc/postfix/sasl_passwd`, `s3://bucket/key`: a table of Postfix, or an object of a store. */
const placed =
  /^(?:proxy:)?(?:hash|lmdb|btree|texthash|cdb|dbm|pcre|regexp|mysql|pgsql|ldap|sqlite|mongodb):\/[\w./-]+$|^(?:s3|gs|abfss?):\/\/[^\s@?]+$/;
/** Folders of whatever names, in plain letters. */
const plainFolders = /^(?:\/[a-z][a-z_-]*){3,}(?:\.[a-z]{1,5})?$/;

/**
 * True for a path below a directory that systems have, or of a file of a well-known kind in a folder: even a key named
 * `secret` then holds a place.
 */
export function isKnownPath(value: string): boolean {
  if (value.length >= maxLooked) return false;
  if (placed.test(value) || plainFolders.test(value)) return true;
  return (knownRoots.test(value) && roots.test(value)) || fileInFolder.test(value);
}

/** True for the name of a file that keeps keys or certificates: `server.key`, `$dir/ca.pem`. */
export function isKeyFile(value: string): boolean {
  return (
    value.length < 256 &&
    /^[\w.$(){}\/\\:~@%+-]+\.(?:pem|key|crt|cert|cer|der|p12|pfx|jks|keystore|csr|ppk|gpg|asc|keytab)\}?$/i.test(value)
  );
}

/**
 * True where a name says that its value is such a file, and not the secret itself: `private_key: server.key`. The password
 * of a key or a store is none, whatever it looks like.
 */
export function namesKeyFile(name: string, value: string): boolean {
  return /key|cert|store|secret/i.test(name) && !/pass|pwd/i.test(name) && isKeyFile(value);
}

const quantity =
  /^(?!\d{7,}[a-f]+$)[+-]?\d[\d_]*(?:[.,]\d+)*(?:e[+-]?\d+)? ?(?:%|[a-zµ]{1,3}|[KMGTP]i?B?|bytes|days?|hours?|minutes?|seconds?)?$/i;
const versionOrTime =
  /^v?\d+(?:[.:]\d+)+(?:[-+.][\w.]+)?$|^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$|^P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/i;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]?)(?:[:/]\d+)?$/i;
const host =
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?(?:\.[a-z](?:[a-z0-9-]{0,40}[a-z0-9])?)+(?::\d{1,5})?(?:\/[a-z0-9._/-]{0,60})?$/i;
const email = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
const algorithm =
  /^(?:sha-?\d+|md5|[hrep]s\d{3}|aes-?\d+(?:-\w+)*|rsa-?\d*|ed25519|x25519|curve25519|bcrypt|argon2\w*|scrypt|base64|utf-?8|tls-?v?1\.\d|oauth-?2(?:\.0)?|http2?|x-?509|s3|k8s|ipv[46]|p-?256|p-?384|ecdsa-\w+|ssh-\w+)$/i;
const glob = /^(?=[^\s]*[*?])(?:[*?]|[\w.~!$-]*\/)[\w./*?{},![\]~$@-]*$/;
/** Keys that are meant for everybody. */
const published = /^(?:pk_(?:live|test)_|ssh-|AAAA[A-Z])/;
const word = /^(?:\p{Ll}{1,15}|\p{Lu}{1,15}|\p{Lu}?\p{Ll}{1,14}(?:\p{Lu}\p{Ll}{2,14}){0,6}|v?\d{1,3})$/u;

/**
 * True for a value of everyday kinds: numbers with units, versions, times, addresses, host names, paths, URLs without
 * a secret in them, algorithms, and up to a sentence of plain words. A key that only might name a secret then does not.
 *
 * @example
 * isOrdinary('/var/log/nginx/access.log') //=> true
 * isOrdinary('s3cr3tP4ss') //=> false
 */
export function isOrdinary(value: string, tag?: string): boolean {
  if (isPlaceholder(value, tag)) return true;
  if (value.length > maxLooked) return false;
  const text = value.trim();
  return text.split(/[\s,;|]+/).every((part) => part === '' || isOrdinaryPart(part));
}

function isOrdinaryPart(part: string): boolean {
  if (isPlaceholder(part) || quantity.test(part) || versionOrTime.test(part) || address.test(part)) return true;
  if (published.test(part) || host.test(part) || email.test(part) || algorithm.test(part)) return true;
  if (isOrdinaryUrl(part)) return true;
  if (roots.test(part) || glob.test(part)) return !/[A-Za-z0-9+=]{24}/.test(part);
  return part
    .split(/[-_./:=@"'()[\]{}&+]+/)
    .every((piece) => piece === '' || word.test(piece) || algorithm.test(piece));
}

/** A URL without user information and without a part that looks like a token. */
function isOrdinaryUrl(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@]*$/i.test(text)) return false;
  const rest = text.slice(text.indexOf('://') + 3).replace(/^[^/?#]*/, '');
  return !rest.split(/[/?#&=]+/).some((part) => part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part));
}
