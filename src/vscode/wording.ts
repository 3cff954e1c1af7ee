import * as vscode from 'vscode';
import { formatMessage, type Wording } from '../wording/format.ts';
import type { Message } from '../wording/message.ts';
import { templatesFor } from '../wording/templatesFor.ts';

/** The wings' sentences in the language VS Code is shown in, with times in the given zone. */
export function wordingIn(zone: string): Wording {
  const { language } = vscode.env;
  return { language, zone, templates: templatesFor(language) };
}

/** A message of the wings as text. */
export function sayIn(zone: string): (message: Message) => string {
  const wording = wordingIn(zone);
  return (message) => formatMessage(message, wording);
}

/** The same with times in this machine's zone: for moments at which something was done here. */
export function machineWording(): Wording {
  return wordingIn(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
