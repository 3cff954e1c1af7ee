import type { ReportPageCommand } from '../src/protocol/reportPage.ts';
import { make } from './make.ts';

export type RunCommand = (command: ReportPageCommand) => void;

/** A button that has the host run one of its commands; null where there is no host. */
export function commandButton(
  command: ReportPageCommand,
  text: string,
  kind: 'primary' | 'secondary' | 'link',
  runCommand: RunCommand | null,
): HTMLElement | null {
  if (!runCommand) return null;
  return make('button', { type: 'button', class: kind, 'data-key': command, click: () => runCommand(command) }, text);
}
