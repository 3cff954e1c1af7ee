import { make, type Child } from './make.ts';
import type { PageContext } from './pageContext.ts';

/** A button that opens a log at its line; a button and not a link, since no address is involved. */
export function sourceLink(text: Child, place: { path: string; line: number }, context: PageContext): HTMLElement {
  const title = context.words.say('report.openLog', { path: place.path, line: String(place.line) });
  return make('button', { type: 'button', class: 'link', title, click: () => context.openSource(place) }, text);
}

/** The last part of a path, whichever way its slashes lean. @example fileName('/var/log/restic.log') //=> 'restic.log' */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
