import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A configuration file without its marks, and where they said the secrets are. */
export interface LabelledFile {
  name: string;
  text: string;
  secrets: readonly { start: number; end: number }[];
}

/** Every labelled configuration file of a folder, by name. */
export function readLabelledFiles(folder: string): LabelledFile[] {
  return readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .sort()
    .map((name) => unmark(name, readFileSync(path.join(folder, name), 'utf8')));
}

/** Takes the marks `«` and `»` out of a text. */
export function unmark(name: string, marked: string): LabelledFile {
  const secrets: { start: number; end: number }[] = [];
  let text = '';
  let start = -1;
  for (const piece of marked.split(/([«»])/)) {
    if (piece === '«') start = text.length;
    else if (piece === '»') secrets.push({ start, end: text.length });
    else text += piece;
  }
  return { name, text, secrets };
}
