/**
 * Messages as data. The wings say *what* with a code and its values; this folder and its translations say it in words.
 */
import type { english } from './english.ts';

export type MessageCode = keyof typeof english;

export type MessageValue = string | number;

/** Something to tell a person: a template's name and the values that go into it. */
export interface Message {
  code: MessageCode;
  values: Record<string, MessageValue>;
}

/** A message; a shorthand that keeps the call sites on one line. */
export function message(code: MessageCode, values: Record<string, MessageValue> = {}): Message {
  return { code, values };
}
