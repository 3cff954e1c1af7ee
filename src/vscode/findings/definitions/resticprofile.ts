import type { Definition } from './definition.ts';
import { childBlocks, indentedBlocks, type Block } from './indentedBlocks.ts';

/** Sections that are no profiles. */
const others = new Set([
  'version',
  'global',
  'includes',
  'include',
  'groups',
  'mixins',
  'schedules',
  'default-command',
]);

/**
 * The profiles of resticprofile, in YAML or TOML, of its first or second version.
 *
 * @example
 * resticprofile('[web]\nrepository = "/mnt/web"\n[web.backup]\nsource = "/srv"', 'profiles.toml').map(({ name }) => name)
 * //=> ['web']
 */
export function resticprofile(text: string, fileName: string): Definition[] {
  const profiles = /\.(?:toml|conf)$/i.test(fileName) ? tomlProfiles(text) : yamlProfiles(text);
  return profiles.map(({ key, line, text: own }) => ({ line, name: key, text: `restic ${own}` }));
}

function yamlProfiles(text: string): Block[] {
  const top = indentedBlocks(text, { indent: 0 });
  const versioned = top.find(({ key }) => key === 'profiles');
  return versioned ? childBlocks(text, versioned) : top.filter(({ key }) => !others.has(key));
}

function tomlProfiles(text: string): Block[] {
  const profiles = new Map<string, Block>();
  let current: Block | undefined;
  text.split('\n').forEach((content, line) => {
    const path = /^\s*\[\s*([\w.-]+)\s*\]/.exec(content)?.[1];
    if (path !== undefined) {
      const key = path.replace(/^profiles\./, '').split('.', 1)[0]!;
      current = others.has(key) ? undefined : (profiles.get(key) ?? { key, line, indent: 0, text: '' });
      if (current) profiles.set(key, current);
    }
    if (current) current.text += `${content}\n`;
  });
  return [...profiles.values()];
}
