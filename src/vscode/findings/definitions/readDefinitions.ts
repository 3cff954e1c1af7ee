import { airflowDag } from './airflowDag.ts';
import { borgmatic } from './borgmatic.ts';
import { githubWorkflow, gitlabPipeline } from './ciJobs.ts';
import { crontab } from './crontab.ts';
import type { Definition, DefinitionReader } from './definition.ts';
import { resticprofile } from './resticprofile.ts';
import { systemdUnit } from './systemdUnit.ts';

/** Files that can define a job: a pattern of their paths, with `/` between folders, and what reads them. */
const readers: readonly (readonly [RegExp, DefinitionReader])[] = [
  [/(^|\/)(?:crontab|[\w.-]*\.cron(?:tab)?|crontab[\w.-]*)$|\/cron\.d\/[\w.-]+$/i, crontab],
  [/\.(?:timer|service)$/, systemdUnit],
  [/(^|\/)[\w.-]*borgmatic[\w.-]*\.ya?ml$|\/borgmatic(?:\.d)?\/[\w.-]+\.ya?ml$/i, borgmatic],
  [/(^|\/)(?:profiles|[\w.-]*resticprofile[\w.-]*)\.(?:ya?ml|toml|conf)$/i, resticprofile],
  [/(^|\/)\.github\/workflows\/[\w.-]+\.ya?ml$/i, githubWorkflow],
  [/(^|\/)\.gitlab-ci\.ya?ml$/i, gitlabPipeline],
  [/(^|\/)dags\/.*\.py$|(^|\/)[\w-]*dag[\w-]*\.py$/i, airflowDag],
];

/** Where to look for such files in a workspace folder: one glob that finds them all. */
export const definitionGlob =
  '**/{crontab*,*.cron,*.crontab,cron.d/*,*.timer,*.service,*borgmatic*.yaml,*borgmatic*.yml,borgmatic/*.yaml,borgmatic.d/*.yaml,profiles.yaml,profiles.toml,profiles.conf,*resticprofile*.*,.github/workflows/*.yml,.github/workflows/*.yaml,.gitlab-ci.yml,dags/**/*.py,*dag*.py}';

/** Configuration files are written by hand; what is larger is none. */
const maxLength = 200_000;

/** Whether a file can define a job, by its path. */
export function canDefine(path: string): boolean {
  return readerOf(path) !== undefined;
}

/**
 * The definitions in a file; none when it is no file that can define a job.
 *
 * @example
 * readDefinitions('/etc/cron.d/backup', '0 2 * * * root restic backup /etc').length //=> 1
 */
export function readDefinitions(path: string, text: string): Definition[] {
  const reader = readerOf(path);
  if (!reader || text.length > maxLength) return [];
  return reader(text.replaceAll('\r\n', '\n'), path.split(/[\\/]/).at(-1)!);
}

function readerOf(path: string): DefinitionReader | undefined {
  const slashed = path.replaceAll('\\', '/');
  return readers.find(([pattern]) => pattern.test(slashed))?.[1];
}
