/**
 * Every sentence that the wings can say, in English: the source text of all translations (l10n/ is keyed by it).
 * A placeholder is `{name}` or `{name:unit}`; the units are those of format.ts: bytes, duration, percent, points, time,
 * date, weekday, count, number.
 */
export const english = {
  'source.notFound': 'No such file or folder.',
  'source.notReadable': 'The file cannot be read: {reason}.',
  'source.noRuns': 'No backup run was recognised in it.',

  'predict.successesOnly':
    'Cannot be predicted from this source, because a catalogue lists only the runs that produced a backup. Add the tool’s log.',
  'predict.noRuns': 'Cannot be predicted yet, because no run has ended in success or failure.',

  'decision.proceed': 'The risk of {probability:percent} is within the limit of {limit:percent}.',
  'decision.wait': 'The risk of {probability:percent} is above the limit of {limit:percent}.',

  'confidence.nothingKnown': 'Nothing is known of this job or of others like it; the figure is a starting point.',
  'confidence.neighboursOnly': 'No run of this job is known; the figure comes from the other jobs.',
  'confidence.givenOnly': 'No run of this job is known; the figure comes from the history given with the question.',
  'confidence.fewRuns': 'Only {runs} runs are known that ended in success or failure.',
  'confidence.wideInterval': 'The figure is uncertain: anything from {low:percent} to {high:percent} is likely.',
  'confidence.unproven': 'Earlier predictions for this job were off by {error:percent} on average.',
  'confidence.notBetter':
    'Earlier predictions were no better than the job’s failure rate of {base:percent}, so that rate is used.',
  'confidence.proven':
    'Rests on {runs} runs; earlier predictions were off by {error:percent} on average, and the likely range is {low:percent} to {high:percent}.',

  'factor.recentRate': '{failures} of the last {runs} runs failed; of all {total} runs it was {base:percent}.',
  'factor.reportedFailures': '{failures} recent failures were reported with the question.',
  'factor.lastFailed': 'The last run failed; after a single failure {rate:percent} of runs failed.',
  'factor.failureStreak': 'Failed {count} times in a row; after such a streak {rate:percent} of runs failed.',
  'factor.lastSucceeded': 'The last run succeeded; after a single success {rate:percent} of runs failed.',
  'factor.successStreak': 'Succeeded {count} times in a row; after such a streak {rate:percent} of runs failed.',
  'factor.sinceLastRun': 'It starts {gap:duration} after the run before; usual is {usual:duration}.',
  'factor.sinceSuccess': 'The last success will be {age:duration} old when it starts.',
  'factor.neverSucceeded': 'None of its {runs} runs has succeeded.',
  'factor.hour': 'Runs starting between {from} and {to} failed in {rate:percent} of cases, all runs in {base:percent}.',
  'factor.weekday': 'Runs on {day:weekday} failed in {rate:percent} of cases, all runs in {base:percent}.',
  'factor.plannedSize': 'The planned size is {value:bytes}; usual is {usual:bytes}.',
  'factor.lastSize': 'The last backup held {value:bytes}; usual was {usual:bytes}.',
  'factor.plannedDuration': 'The planned duration is {value:duration}; usual is {usual:duration}.',
  'factor.lastDuration': 'The last backup took {value:duration}; usual was {usual:duration}.',
  'factor.growing': 'The latest backups are {change:percent} larger than those before.',
  'factor.shrinking': 'The latest backups are {change:percent} smaller than those before.',
  'factor.slowing': 'The latest backups took {change:percent} longer than those before.',
  'factor.speeding': 'The latest backups took {change:percent} less time than those before.',
  'factor.partialRuns': '{rate:percent} of the recent backups were incomplete.',
  'factor.afterLock': 'The last failure was a lock; after a lock {rate:percent} of runs failed again.',
  'factor.afterSpace': 'The last failure was a lack of space; after that {rate:percent} of runs failed again.',
  'factor.afterAuth': 'The last failure was a refused login; after that {rate:percent} of runs failed again.',
  'factor.afterNetwork': 'The last failure was in the network; after that {rate:percent} of runs failed again.',
  'factor.afterPermission':
    'The last failure was a missing permission; after that {rate:percent} of runs failed again.',
  'factor.afterSourceMissing': 'The last failure was a missing source; after that {rate:percent} of runs failed again.',
  'factor.afterRepositoryMissing':
    'The last failure was a missing repository; after that {rate:percent} of runs failed again.',
  'factor.afterIntegrity': 'The last failure was damaged data; after that {rate:percent} of runs failed again.',
  'factor.afterTimeout': 'The last failure was a time-out; after that {rate:percent} of runs failed again.',
  'factor.afterOther': 'After a failure like the last one {rate:percent} of runs failed again.',
  'factor.other': 'All other signs together.',

  'action.lock': 'Look for a run that still holds the lock; remove the lock only when none is running.',
  'action.space': 'Free space in the repository: prune old backups or enlarge the storage.',
  'action.auth': 'Check the password or key of the repository, and whether it has expired.',
  'action.network': 'Check that the repository’s host can be reached, and let the job try again.',
  'action.permission': 'Give the backup’s user the right to read what it could not read.',
  'action.sourceMissing': 'Check that the source exists and is mounted when the job starts.',
  'action.repositoryMissing': 'Check the repository’s path, and that its storage is mounted.',
  'action.integrity': 'Check the repository with the tool’s own check before the next run.',
  'action.timeout': 'Find out why it took so long, or allow it more time.',
  'action.other': 'Open the log at the last failure and read what the tool said.',
  'action.neverSucceeded': 'Run it once by hand and watch: it may never have worked as it is set up.',
  'action.hour': 'Try another hour: at this one, other jobs or maintenance may be in the way.',
  'action.weekday': 'Look at what else happens on this day of the week.',
  'action.sinceLastRun': 'Check the schedule: the time since the last run is not the usual one.',
  'action.size': 'Look at what changed in the source: the size is not the usual one.',
  'action.growth': 'Check that the repository has room for the growth.',
  'action.duration': 'Find out what slows it down before it runs into the next run or a time-out.',
  'action.partialRuns': 'Fix what is left out of the backups, or exclude it on purpose.',
} as const;
