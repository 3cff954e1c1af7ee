import { make, type Child } from './make.ts';

/**
 * A job's name as the page shows it. The storage that it is named with stands below, and less loud: the names are what
 * tells the jobs apart. The text of it all is the id.
 *
 * @example jobName('borg mail → /mnt/mail') //=> ['borg mail', ' ', a span with '→ /mnt/mail']
 */
export function jobName(id: string): Child[] {
  const at = id.indexOf(' → ');
  if (at < 0) return breakable(id);
  const storage = make('span', { class: 'job-storage' }, ...breakable(id.slice(at + 1)));
  return [...breakable(id.slice(0, at)), ' ', storage];
}

/** A name that wraps at its spaces, slashes and colons, and within a word only when it must. */
function breakable(name: string): Child[] {
  return name.split(/(?<=[/:])/).flatMap((part, i) => (i === 0 ? [part] : [make('wbr'), part]));
}
