import type { Definition } from './definition.ts';
import { childBlocks, indentedBlocks, type Block } from './indentedBlocks.ts';

/** Keys of a .gitlab-ci.yml that are no jobs. */
const gitlabKeywords = new Set(
  'stages variables default include workflow image services before_script after_script cache spec'.split(' '),
);

/**
 * The jobs of a GitHub Actions workflow.
 *
 * @example
 * githubWorkflow('jobs:\n  nightly:\n    steps: []').map(({ line, name }) => [line, name]) //=> [[1, 'nightly']]
 */
export function githubWorkflow(text: string): Definition[] {
  const jobs = indentedBlocks(text, { indent: 0 }).find(({ key }) => key === 'jobs');
  return jobs ? childBlocks(text, jobs).map(toDefinition) : [];
}

/** The jobs of a GitLab pipeline; hidden ones, which only lend their keys, are none. */
export function gitlabPipeline(text: string): Definition[] {
  return indentedBlocks(text, { indent: 0 })
    .filter(({ key }) => !key.startsWith('.') && !gitlabKeywords.has(key))
    .map(toDefinition);
}

function toDefinition({ key, line, text }: Block): Definition {
  return { line, name: key, text };
}
