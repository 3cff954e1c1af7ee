import { keyWords } from './keyWords.ts';

/**
 * What a key's name says about its value. `secret`: cut unless it is a placeholder; `likely`: cut unless it looks like
 * something ordinary (a path, a number, a word); `harmless`: the name speaks of a secret but holds something about it
 * (`passwordFile`, `tokenTtl`); `none`: nothing.
 */
export type NameJudgement = 'secret' | 'likely' | 'harmless' | 'none';

const secretPhrases = phrases(`
  password, passwords, passwd, passphrase, passphrases, pass, pwd, pw, passcode, pswd, secret, secrets, token, jwt, bearer,
  api tokens, access tokens, auth tokens, bearer tokens,
  credential, credentials, creds, api key, api keys, access key, secret key, private key, encryption key, decryption key,
  license key, licence key, signing key, signature key, master key, account key, shared key, preshared key, psk,
  storage key, cookie key, openssl key, jwt key, token key, admin key, root key, backup key, server key, service key, set key,
  webhook key, deploy key, management key, subscription key, instrumentation key, write key, read key, ingest key,
  vault key, unseal key, unseal keys, security key, encrypt key, salt key, fernet key, bot key, preshared, network key, arg key, cloak key, authtok, cleartext, clear text, skey, enc key, crypto key, cipher key, hmac key, aes key, role key, app key, snmp community,
  community string, auth key, session key, certificate key, service account key, client secret, secret id, connection string, connection strings,
  db pass, user pass, erlang cookie, secure json data, secure settings, integration key, csrf, masterauth, otp secret, totp, mnemonic, seed phrase, recovery phrase, recovery code, recovery codes,
  contraseña, contrasena, clave, passwort, kennwort, senha, mot passe, wep key, wpa key, pepper, hasło, haslo, пароль, 密码, 密碼, パスワード`);

const likelyPhrases = phrases(`
  access, auth, authentication, authorization, certificate, cookie, dsn, key, otp, pin, salt, sas, seed, session,
  signature, signing, community, communities, tokens, webhook, webhooks, user info, userinfo, basicauth, httpauth`);

/** A name that ends in one of these tells about a secret and does not hold it. */
const aboutWords = phrases(`
  file, files, filename, path, paths, dir, directory, folder, location, type, types, mode, method, methods, policy,
  policies, algorithm, alg, algo, format, encoding, encrypted, scheme, style, version, url, uri, urls, uris, endpoint,
  endpoints, host, hosts, hostname, port, server, address, enabled, enable, disabled, disable, required, optional,
  allowed, supported, target, uid, gid, login, missing, invalid, failed, error, errors, threshold, time, times, timeout, ttl, expiry, expires, expire, expiration, lifetime, age, duration, interval, period, day,
  days, week, weeks, month, months, year, years, hour, hours, minute, minutes, second, seconds, sec, secs, ms, validity, rotation, delay, at, length, len, size,
  count, counter, min, max, limit, limits, number, num, attempts, retries, rounds, cost, iterations, strength,
  complexity, history, life, msec, millis, milliseconds, identity, identities, name, names, id, ids, identifier, label, labels, field, fields, column, header, headers, prefix,
  suffix, eval, encryption, param, parameter, claim, claims, attribute, ref, refs, reference, references, resource, store, storage,
  backend, provider, providers, manager, engine, plugin, driver, handler, class, module, service, services, group,
  groups, role, roles, user, users, username, email, domain, realm, issuer, audience, scope, scopes, log, logs, level,
  logging, hint, question, prompt, placeholder, message, title, subject, description, comment, help, template, rule,
  rules, regex, pattern, command, cmd, script, secure, samesite, httponly, usage, status, state, strategy, cache,
  lookup, validation, validator, validators, checker, generator, encoder, hasher, hashers, extractor, source, sources, order,
  position, index, bits, curve, retention, keys, operations, annotations, namespace, config, options, reset, mount,
  per, budget, program, digits, special, issuers, audiences, mode, remote, standard, window, verification, inherit, external, selector, kind, locked, exists, changed, helper, lifespan,
  variant, memory, parallelism, query, queries, origin, origins, mgmt, success, failure`);

/** A name that begins with one of these is a switch or points elsewhere. */
const switchWords = phrases(`
  use, is, has, require, requires, required, allow, show, hide, disable, no, skip, verify, check, with, without, max,
  min, num, existing, external, enforce, ignore, validate, remember, save, generate, auto, automount, invalid, incorrect, forgot`);

/** Keys that order and find things; what looks random in them is a secret all the same. */
const orderingKeys = phrases(`
  foreign key, primary key, sort key, partition key, cache key, row key, range key, index key, unique key,
  hot key, shortcut key, translation key, i18n key, label key, topology key, group key, config key, data key, object key,
  map key, context key, candidate key, composite key, property key, json key, field key, key binding, key bindings`);

/** Keys that are published, and names of what holds secrets. */
const openKeys = phrases(`
  public key, public keys, pub key, hash key, host key, publishable key, site key, sitekey, authorized keys, authorized key, host keys,
  known key, tls secret, certificate secret, certificates secret, cert secret, ca secret, pull secret, pull secrets,
  existing secret, key vault, key ring, key chain, key store, key map, key cloak`);

/** Long names of secrets that are also found inside a word: `apikey`, `mypassword`, `authtoken`. */
const gluedSecret =
  /passw(?:or)?d|passphrase|passwort|kennwort|secretkey|accesskey|privatekey|apikey|secret(?!ar)|credential|authtoken|accesstoken|authkey|masterkey|signingkey|encryptionkey|licensekey|sharedkey|token$|(?:^|[a-z])(?<!by|com|tres|sur|over|under)pass$|(?<=[a-z]{2})pwd?$/u;

/** Letters that every name worth a look holds: most keys are done with here. */
const worthALook =
  /userinfo|info$|encrypt|secur|pass|pw|psw|secre|token|jwt|bearer|cred|key|psk|connect|cookie|csrf|masterauth|totp|mnemonic|licen|preshared|clear|authtok|phrase|recovery|acces|auth|certif|dsn|otp|pin|salt|sas|seed|sess|sign|webhook|pepper|community|code$|contrase|clave|kennwort|senha|has[lł]o|парол|密|パス/i;

const judged = new Map<string, NameJudgement>();
const maxJudged = 5_000;

/**
 * Judges the name of a key. Words count, not letters: `monkey` names no key, `bypass` no pass.
 *
 * @example
 * judgeName('DB_PASSWORD') //=> 'secret'
 * judgeName('db_password_file') //=> 'harmless'
 * judgeName('session') //=> 'likely'
 * judgeName('monkey') //=> 'none'
 */
export function judgeName(key: string): NameJudgement {
  const known = judged.get(key);
  if (known !== undefined) return known;
  const judgement = worthALook.test(key) ? judgeStem(key.replace(/(?<=\p{L})\d+$/u, '')) : 'none';
  remember(key, judgement);
  return judgement;
}

/** Numbered names are judged once: a number at the end says nothing. */
function judgeStem(stem: string): NameJudgement {
  const known = judged.get(stem);
  if (known !== undefined) return known;
  const judgement = judge(keyWords(stem.slice(stem.lastIndexOf('/') + 1)));
  remember(stem, judgement);
  return judgement;
}

function remember(name: string, judgement: NameJudgement): void {
  if (judged.size >= maxJudged) judged.clear();
  if (name.length <= 200) judged.set(name, judgement);
}

function judge(words: readonly string[]): NameJudgement {
  const last = words.at(-1);
  if (last === undefined) return 'none';
  // `OPENSSL_KEY_V1`
  if (last === 'v' && words.length > 1) return judge(words.slice(0, -1));
  if (words.length === 1 && last === 'keys') return 'likely';
  const lastTwo = words.slice(-2).join(' ');
  // The folder of a shell, or the password of a connection.
  if (/^(?:old ?)?pwd$/.test(words.join(' '))) return 'likely';
  if (last === 'key' && words.includes('encryption') && !words.includes('public')) return 'secret';
  if (/^(?:(?:alarm|arm|disarm|unlock|door|gate|master|pairing) )?code$/.test(words.join(' '))) return 'likely';
  if (/^licen[cs]e$/.test(last)) return 'likely';
  if (/(?:^| )proxy pass ./.test(words.join(' '))) return 'none';
  if (
    /^(?:api|access|private|signing|encryption|master|auth|unseal) keys$/.test(lastTwo) &&
    !switchWords.has(words[0]!)
  ) {
    return 'secret';
  }
  if (openKeys.has(lastTwo) || openKeys.has(last)) return 'harmless';
  if (orderingKeys.has(lastTwo)) return 'none';
  if (/^(?:fastcgi|uwsgi|scgi|grpc|memcached) pass$/.test(lastTwo)) return 'none';
  // A directive of nginx and Apache, and the password of a proxy elsewhere; Consul's key for gossip.
  if (lastTwo === 'proxy pass' || words.join(' ') === 'encrypt') return 'likely';
  if (/(?:^| )access key id$/.test(words.join(' '))) return 'likely';

  const secretAt = lastPhrase(words, secretPhrases);
  const gluedAt = secretAt < 0 ? words.findLastIndex((word) => gluedSecret.test(word)) : -1;
  const at = Math.max(secretAt, gluedAt);
  const isLikely =
    hasPhrase(words, likelyPhrases) || words.some((word) => /[a-z]{3}salt$|^(?:ro|rw|trap|snmp)community$/.test(word));
  if (at < 0 && !isLikely && !words.some((word) => gluedAbout.test(word))) return 'none';
  if (words.some((word) => gluedAbout.test(word))) return 'harmless';
  if (lastTwo === 'webhook url' || lastTwo === 'webhook uri') return 'likely';
  if (lastTwo === 'secret id' || words.join(' ').endsWith('root token id')) return 'secret';
  if (words[0] === 'external' && secretAt === words.length - 1) return 'likely';
  if (isAbout(words)) return 'harmless';
  // `passwordKey` is mostly the name under which the password is kept.
  if (last === 'key' && secretAt >= 0 && secretAt === words.length - 2) return 'likely';
  if (at >= 0) return at >= words.length - 3 ? 'secret' : 'likely';
  // Beside other words `key` counts only at the end.
  if (
    !hasPhrase(
      words.filter((word) => word !== 'key'),
      likelyPhrases,
    ) &&
    last !== 'key' &&
    !/(?:salt|community)$/.test(last)
  )
    return 'none';
  return 'likely';
}

/**
 * True for a name that describes something (`expiresInMinutes`, `type`), whatever it stands below.
 *
 * @example
 * describesOnly('minLength') //=> true
 */
export function describesOnly(key: string): boolean {
  return isAbout(keyWords(key));
}

/** True for a name in which some word speaks of a measure or a place: `validity-in-seconds-for-remember-me`. */
export function mentionsMeasure(key: string): boolean {
  return keyWords(key).some((word) => aboutWords.has(word));
}

function isAbout(words: readonly string[]): boolean {
  return aboutWords.has(words.at(-1) ?? '') || (words.length > 1 && switchWords.has(words[0]!));
}

/** `passwordfile`, `passcommand`: glued names that tell about a secret. */
const gluedAbout =
  /(?:pass(?:word|wd)?|secret|token|key)(?:file|eval|path|command|cmd|name|id|type|ttl|url|length|policy)$/;

/** Where the last phrase of the set ends in the words; −1 without one. */
function lastPhrase(words: readonly string[], set: ReadonlySet<string>): number {
  for (let end = words.length; end > 0; end--) {
    for (let length = 1; length <= Math.min(3, end); length++) {
      if (set.has(words.slice(end - length, end).join(' '))) return end - 1;
    }
  }
  return -1;
}

function hasPhrase(words: readonly string[], set: ReadonlySet<string>): boolean {
  return lastPhrase(words, set) >= 0;
}

function phrases(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((phrase) => phrase.trim()));
}
