import * as vscode from 'vscode';
import { english } from '../wording/english.ts';
import { formatMessage, type Wording } from '../wording/format.ts';
import type { Message } from '../wording/message.ts';

/** The wings' sentences in the language VS Code is shown in, with times in the given zone. */
export function wordingIn(zone: string): Wording {
  return { language: vscode.env.language, zone, templates: templates() };
}

/** A message of the wings as text. */
export function sayIn(zone: string): (message: Message) => string {
  const wording = wordingIn(zone);
  return (message) => formatMessage(message, wording);
}

let translated: Wording['templates'] | undefined;
// VS Code shows one language for as long as its window lives.
function templates(): Wording['templates'] {
  translated ??= Object.fromEntries(Object.entries(english).map(([code, text]) => [code, vscode.l10n.t(text)]));
  return translated;
}
