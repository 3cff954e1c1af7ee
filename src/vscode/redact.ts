const secretPatterns: [RegExp, string][] = [
  [/(\w{2,20}:\/\/)[^\s/@]{1,500}@/g, '$1…@'],
  [
    /\b(\w{0,40}(?:password|passphrase|passwd|secret|token|api_?key)\w{0,20}["']?\s?[=:]\s?)("[^"]*"|'[^']*'|\S+)/gi,
    '$1…',
  ],
  [/\b(bearer|basic) [\w.~+/=-]{8,}/gi, '$1 …'],
];

/**
 * Text without what looks like a secret: credentials in URLs, values of password-like names, authorization headers.
 *
 * @example
 * redact('rest:https://me:hunter2@host/repo') //=> 'rest:https://…@host/repo'
 * redact('RESTIC_PASSWORD=hunter2 restic backup') //=> 'RESTIC_PASSWORD=… restic backup'
 */
export function redact(text: string): string {
  return secretPatterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}
