import type { TextRange } from '../formats/textLines.ts';

/** Network devices: the password comes after the last word of a command, and after a digit for its kind. */
const commands = [
  /(?<![^\r\n])[ \t]*(?:snmp-server community|(?:tacacs|radius)-server (?:host [^\r\n]{1,200}? )?key|crypto isakmp key|ip ospf (?:authentication-key|message-digest-key \d+ md5)) (?:\d )?(\S{1,128})/g,
  /(?<!\S)key-string (?:\d )?(\S{1,128})/g,
  /(?<![^\r\n])[ \t]*snmp-server host \S{1,64}(?: (?:traps|informs|version (?:1|2c|3 (?:no)?auth|3 priv)|vrf \S{1,64})){0,4} (?!(?:traps|informs|version|vrf|udp-port)(?!\S))(\S{1,128})/g,
  /(?<![^\r\n])[ \t]*snmp-server user \S{1,64} \S{1,64}(?: remote \S{1,64})? v3(?: encrypted)? auth \S{2,10} (\S{1,128})/g,
  /(?<![^\r\n])[ \t]*snmp-server user [^\r\n]{1,200}? priv (?:des|3des|aes)(?: \d{1,3})? (\S{1,128})/g,
  // An indentation ends at the first other character, or each line could be read in as many ways as it is indented.
  /(?<![^\r\n])(?:radius|tacacs) server \S{1,64}(?:\r?\n[ \t]+(?![ \t]|key )[^\r\n]{1,200}){0,9}\r?\n[ \t]+key (?:\d )?(\S{1,128})/g,
  // Redis Sentinel, and commands that are renamed to keep them secret.
  /(?<![^\r\n])[ \t]*sentinel auth-pass \S{1,128} (\S{1,256})/gi,
  /(?<![^\r\n])[ \t]*(?:sentinel )?rename-command (?:\S{1,128} )?[A-Za-z]{3,20} ([^\s"']{1,256})/gi,
];

/** A word of each of the commands. */
const worthALook = /-server|key-string|isakmp|ip ospf|(?:radius|tacacs) server|auth-pass|rename-command/i;

/**
 * Finds the passwords in the commands of network devices and of Redis Sentinel, where only the place tells which word is
 * one: `snmp-server community …`, `radius-server host … key 7 …`. In no order.
 */
export function findDeviceSecrets(text: string): TextRange[] {
  if (!worthALook.test(text)) return [];
  const ranges: TextRange[] = [];
  for (const command of commands) {
    for (const match of text.matchAll(command)) {
      const end = match.index + match[0].length;
      ranges.push({ start: end - match[1]!.length, end });
    }
  }
  return ranges;
}
