import type { TextRange } from '../formats/textLines.ts';
import { WordSieve } from './wordSieve.ts';

/**
 * Network devices and servers: the password comes after the last word of a command, and after a digit for its kind. First
 * the words one of which the text cannot be without, in either case.
 */
const commands: readonly (readonly [needs: readonly string[], pattern: RegExp])[] = [
  [
    ['-server ', 'isakmp key ', 'ip ospf '],
    /(?<![^\r\n])[ \t]*(?:snmp-server community|(?:tacacs|radius)-server (?:host [^\r\n]{1,200}? )?key|crypto isakmp key|ip ospf (?:authentication-key|message-digest-key \d+ md5)) (?:\d )?(\S{1,128})/g,
  ],
  [['key-string '], /(?<!\S)key-string (?:\d )?(\S{1,128})/g],
  [
    ['snmp-server host '],
    /(?<![^\r\n])[ \t]*snmp-server host \S{1,64}(?: (?:traps|informs|version (?:1|2c|3 (?:no)?auth|3 priv)|vrf \S{1,64})){0,4} (?!(?:traps|informs|version|vrf|udp-port)(?!\S))(\S{1,128})/g,
  ],
  [
    ['snmp-server user '],
    /(?<![^\r\n])[ \t]*snmp-server user \S{1,64} \S{1,64}(?: remote \S{1,64})? v3(?: encrypted)? auth \S{2,10} (\S{1,128})/g,
  ],
  [
    ['snmp-server user '],
    /(?<![^\r\n])[ \t]*snmp-server user [^\r\n]{1,200}? priv (?:des|3des|aes)(?: \d{1,3})? (\S{1,128})/g,
  ],
  // An indentation ends at the first other character, or each line could be read in as many ways as it is indented.
  [
    ['radius server ', 'tacacs server '],
    /(?<![^\r\n])(?:radius|tacacs) server \S{1,64}(?:\r?\n[ \t]+(?![ \t]|key )[^\r\n]{1,200}){0,9}\r?\n[ \t]+key (?:\d )?(\S{1,128})/g,
  ],
  // Redis Sentinel, and commands that are renamed to keep them secret.
  [['auth-pass'], /(?<![^\r\n])[ \t]*sentinel auth-pass \S{1,128} (\S{1,256})/gi],
  [
    ['rename-command'],
    /(?<![^\r\n])[ \t]*(?:sentinel )?rename-command (?:\S{1,128} )?[A-Za-z]{3,20} ([^\s"']{1,256})/gi,
  ],
  // Swift's tempauth: `user_account_name = password .group`.
  [
    ['user_', 'user64_'],
    /(?<![^\r\n])[ \t]*user(?:64)?_[^\s=_]{1,64}_[^\s=]{1,64}[ \t]*=[ \t]*([^\s"']{1,256})(?=[ \t]+\.\w|[ \t]*\r?\nuser(?:64)?_)/g,
  ],
  // ZNC: the hash of a password in a block of its own, and the password of a server after its port.
  [
    ['<Pass'],
    /<Pass[ \t]+\S{1,64}>\s*(?:(?!Hash)\w{1,64}[ \t]*=[^\r\n]{0,512}\r?\n\s*){0,4}Hash[ \t]*=[ \t]*(\S{8,512})/g,
  ],
  [['Server'], /(?<![^\r\n])[ \t]*Server[ \t]*=[ \t]*[\w.:-]{1,200}[ \t]+\+?\d{2,5}[ \t]+(\S{1,128})/g],
];

/** FortiGate calls the community of SNMP its name. */
const communities = /config system snmp community\b((?:(?!config system )[^]){0,2000})/g;
const communityName = /(?<![^\r\n])[ \t]*set name "?([^\s"]{1,128})/g;

/**
 * Finds the passwords in the commands of network devices and of servers, where only the place tells which word is one:
 * `snmp-server community …`, `radius-server host … key 7 …`, `user_account_name = … .admin`. In no order.
 */
export function findDeviceSecrets(text: string, known = new WordSieve(text)): TextRange[] {
  const ranges: TextRange[] = [];
  for (const [needs, pattern] of commands) {
    if (!known.mayHoldAny(needs)) continue;
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      ranges.push({ start: end - match[1]!.length, end });
    }
  }
  for (const block of known.mayHold('config system snmp community') ? text.matchAll(communities) : []) {
    const start = block.index + block[0].length - block[1]!.length;
    for (const match of block[1]!.matchAll(communityName)) {
      const end = start + match.index + match[0].length;
      ranges.push({ start: end - match[1]!.length, end });
    }
  }
  return ranges;
}
