/** What kind of thing went wrong, told from the tool's own words. */
import type { FailureClass } from '../run.ts';
import { readers } from './detect.ts';
import type { FailureRule } from './reader.ts';

const borgRules: readonly FailureRule[] = [
  [
    'repositoryMissing',
    /Repository\.DoesNotExist|Repository .{1,400} does not exist|is not a valid repository|Repository\.InvalidRepository/i,
  ],
  ['auth', /passphrase .{0,200}incorrect|PasswordRetriesExceeded|PassphraseWrong|Permission denied \(publickey/i],
  ['lock', /Failed to (?:create\/)?acquire the lock|LockTimeout|LockError|LockFailed/i],
  [
    'integrity',
    /IntegrityError|Data integrity error|ObjectNotFound|Cache\.(?:RepositoryReplay|RepositoryAccessAborted)/i,
  ],
  ['network', /ConnectionClosed|Connection closed by remote host|ConnectionBroken|Got unexpected RPC data/i],
  ['sourceMissing', /stat: .{0,20}No such file or directory|backup_file_not_found|file not found/i],
];

/** Words that mean something else in one tool than elsewhere, or only there. */
const toolRules: Readonly<Record<string, readonly FailureRule[]>> = {
  restic: [
    [
      'network',
      /dial tcp|connection (?:refused|reset)|Could not resolve|no such host|i\/o timeout|network is unreachable/i,
    ],
    [
      'auth',
      /status code 40[13]|\b40[13] (?:unauthorized|forbidden)|Access ?Denied|InvalidAccessKeyId|SignatureDoesNotMatch/i,
    ],
    ['repositoryMissing', /unable to open config file|Is there a repository at|repository does not exist/i],
    ['auth', /wrong password|no key found|password.{0,40}(?:empty|not)|ciphertext verification failed/i],
    ['lock', /already locked|unable to create lock|lock was created at/i],
    [
      'sourceMissing',
      /all (?:target|source) (?:directories|files).{0,40}do not exist|does not exist, skipping|nothing to backup/i,
    ],
    [
      'integrity',
      /pack .{0,80}damaged|invalid data returned|hash mismatch|repository contains errors|load\(<|unexpected EOF|tree .{0,80}not found/i,
    ],
  ],
  borg: borgRules,
  // It passes on what Borg says.
  borgmatic: borgRules,
  rsnapshot: [
    ['lock', /lockfile .{0,300} exists/i],
    ['sourceMissing', /Source directory .{0,500} doesn't/],
  ],
  duplicity: [['sourceMissing', /Backup source directory/]],
  rclone: [
    ['sourceMissing', /directory not found|object not found|error reading source/i],
    ['repositoryMissing', /didn't find section in config file|bucket.{0,40}(?:not exist|not found)/i],
  ],
};

/** What most tools and the system's own errors say. The order matters: the first match is the class. */
const commonRules: readonly FailureRule[] = [
  [
    'space',
    /no space left|(?:remaining|enough|free|insufficient) (?:disk )?space|disk (?:is )?full|not enough (?:free )?(?:disk )?space|insufficient (?:storage|space|disk)|out of (?:disk )?space|quota|ENOSPC|errno 28|storage full|volume is full/i,
  ],
  ['timeout', /timed? ?out|deadline exceeded|ETIMEDOUT|timeout/i],
  [
    'lock',
    /already locked|unable to (?:create|acquire) lock|\block(?:ed)?\b.{0,60}(?:held|exists|timeout|by|another)|another (?:instance|process|backup)|already running|lockfile/i,
  ],
  [
    'auth',
    /wrong password|bad password|authentication|unauthori[sz]ed|access ?denied|invalid (?:credentials|password|key)|password|passphrase|credential|\b40[13]\b|forbidden|signaturedoesnotmatch|token.{0,20}expired|publickey|no key found|decrypt/i,
  ],
  [
    'network',
    /connection (?:unexpectedly )?(?:refused|reset|closed|aborted|lost|broken|failed)|could not resolve|no such host|name or service not known|network|unreachable|no route to host|broken pipe|dial tcp|\btls\b|handshake|\bssh:|ECONN\w{3,9}|EHOSTUNREACH|temporary failure in name|socket|server misbehaving|\b50[0234]\b/i,
  ],
  [
    'integrity',
    /checksum|corrupt|integrity|hash mismatch|invalid data|damaged|bad (?:magic|crc)|inconsistent|crc error/i,
  ],
  [
    'permission',
    /permission denied|operation not permitted|EACCES|EPERM|errno 13|errno 1\b|read-only file system|not permitted|must be (?:run as )?root/i,
  ],
  [
    'repositoryMissing',
    /(?:repository|repo|bucket|vault|destination|target|mount).{0,200}(?:not found|does not exist|doesn't exist|missing|not mounted|no such)/i,
  ],
  [
    'sourceMissing',
    /no such file or directory|does not exist|not found|ENOENT|cannot find the (?:path|file)|missing source|source .{0,100}missing|command not found/i,
  ],
];

// Built at the first failure: the readers import this file's neighbors, and may not have been read yet.
let rulesOfReaders: ReadonlyMap<string, readonly FailureRule[]> | null = null;

function rulesOf(tool: string): readonly FailureRule[] {
  rulesOfReaders ??= new Map(readers.map((reader) => [reader.tool, reader.failures ?? toolRules[reader.tool] ?? []]));
  return rulesOfReaders.get(tool) ?? [];
}

/**
 * The class of a failure, from what the tool said: its own rules first, then the common ones. `other` when none matches.
 *
 * @example
 * classifyFailure('restic', 'Fatal: wrong password or no key found') //=> 'auth'
 * classifyFailure('borg', 'tea and biscuits') //=> 'other'
 */
export function classifyFailure(tool: string, message: string): FailureClass {
  for (const [failureClass, pattern] of rulesOf(tool)) if (pattern.test(message)) return failureClass;
  for (const [failureClass, pattern] of commonRules) if (pattern.test(message)) return failureClass;
  return 'other';
}
