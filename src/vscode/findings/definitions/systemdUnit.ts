import type { Definition } from './definition.ts';

/**
 * A timer or service of systemd: one definition, at the line that says when or what. A timer that names another unit
 * goes by that unit's name.
 *
 * @example
 * systemdUnit('[Timer]\nOnCalendar=daily', 'restic-web.timer')
 * //=> [{ line: 1, name: 'restic-web', text: '[Timer]\nOnCalendar=daily' }]
 */
export function systemdUnit(text: string, fileName: string): Definition[] {
  const lines = text.split('\n');
  const at = [/^\s*OnCalendar\s*=/, /^\s*On\w+Sec\s*=/, /^\s*ExecStart\s*=/, /^\s*\[(?:Timer|Service)\]/]
    .map((pattern) => lines.findIndex((line) => pattern.test(line)))
    .find((line) => line >= 0);
  if (at === undefined) return [];
  const unit = /^\s*Unit\s*=\s*(\S+)/m.exec(text)?.[1] ?? fileName;
  return [{ line: at, name: unit.replace(/\.(?:timer|service)$/, '').replace(/@$/, ''), text }];
}
