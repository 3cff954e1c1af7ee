/** A signed JSON object in a file: one line of content, one line of signature over its exact text. */
import type { StoreKeys } from './keys.ts';

/** What may be wrong with a document before its content is looked at. */
export type DocumentFault = 'malformed' | 'tampered';

/** The file's text. `kind` keeps one kind of document from standing in for another. */
export function writeSignedDocument(kind: string, content: object, keys: StoreKeys): string {
  const line = JSON.stringify(content);
  return `${line}\n${keys.sign([kind, line])}\n`;
}

/** The content without a check of its signature: to learn which key to check it with. */
export function peekDocument(text: string): Record<string, unknown> | null {
  const lines = text.split('\n');
  if (lines.length !== 3 || lines[2] !== '') return null;
  try {
    const value: unknown = JSON.parse(lines[0]!);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The verified content, or what is wrong with it. */
export function readSignedDocument(
  kind: string,
  text: string,
  keys: StoreKeys,
): Record<string, unknown> | DocumentFault {
  const content = peekDocument(text);
  if (!content) return 'malformed';
  const [line, signature] = text.split('\n') as [string, string];
  return keys.verify(signature, [kind, line]) ? content : 'tampered';
}
