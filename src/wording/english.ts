import { englishCli } from './englishCli.ts';
import { englishReport } from './englishReport.ts';

/**
 * Every sentence that the wings can say, in English; spanish.ts has each of them too.
 * A placeholder is `{name}` or `{name:unit}`; the units are those of format.ts: bytes, duration, percent, points, time,
 * date, weekday, count, number.
 */
export const english = {
  'source.notFound': 'No such file or folder.',
  'source.notReadable': 'The file cannot be read: {reason}.',
  'source.noPermission': 'You are not allowed to read it. Give yourself read permission, or run as a user who has it.',
  'source.isFolder': 'It is a folder, not a file.',
  'source.notAFile': 'It is a pipe or a device, not a file.',
  'source.noText': 'It holds no text, so it is no log: a program, a picture, or an archive that is not gzip.',
  'source.linkLoop': 'Its links lead in a circle.',
  'source.damagedArchive': 'The packed file is damaged or cut off; what stands before the damage was read.',
  'source.noRuns': 'No backup run was recognized in it.',

  'predict.successesOnly':
    'Cannot be predicted from this source, because a catalog lists only the runs that produced a backup. Add the tool’s log.',
  'predict.noRuns': 'Cannot be predicted yet, because no run has ended in success or failure.',

  'decision.proceed': 'The risk of {probability:percent} is within the limit of {limit:percent}.',
  'decision.wait': 'The risk of {probability:percent} is above the limit of {limit:percent}.',

  'confidence.nothingKnown': 'Nothing is known of this job or of others like it; the figure is a starting point.',
  'confidence.neighborsOnly': 'No run of this job is known; the figure comes from the other jobs.',
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
  'factor.statedRate': 'A success rate of {rate:percent} was given with the question.',
  'factor.lastFailed': 'The last run failed; after a single failure {rate:percent} of runs failed.',
  'factor.failureStreak': 'Failed {count} times in a row; after such a streak {rate:percent} of runs failed.',
  'factor.newFailureStreak': 'Failed as often in a row as hardly ever before: {count} times.',
  'factor.newSuccessStreak': 'Succeeded as often in a row as hardly ever before: {count} times.',
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
  'anomaly.size.high':
    'The backup was {factor} times its usual size: {value:bytes}, expected at most {high:bytes}. Likely a new folder or dump in the source, logs that are not rotated, or an exclusion that no longer matches.',
  'anomaly.size.low':
    'The backup shrank to {value:bytes}, expected at least {low:bytes}. Likely a source that was missing or emptied, or a new exclusion. Check what is left out before older backups expire.',
  'anomaly.size.levelShift':
    'The backup has had a new size since this run: {value:bytes}, before it was {low:bytes} to {high:bytes}. If data was added or removed on purpose, there is nothing to do.',
  'anomaly.size.drift':
    'The size has slowly moved away from what it was, to {value:bytes}; before it was {low:bytes} to {high:bytes}. Check that the storage forecast still fits.',
  'anomaly.fileCount.high':
    '{value:count} files were backed up, expected at most {high:count}. Likely a cache or build folder that should be excluded.',
  'anomaly.fileCount.low':
    'Only {value:count} files were backed up, expected at least {low:count}. Likely a folder was deleted, moved or excluded. Check the source.',
  'anomaly.fileCount.levelShift':
    'The number of files has been at a new level since this run: {value:count}, before it was {low:count} to {high:count}.',
  'anomaly.fileCount.drift':
    'The number of files has slowly moved, to {value:count}; before it was {low:count} to {high:count}.',
  'anomaly.duration.high':
    'The run took {value:duration}, expected at most {high:duration}. Likely a slow network or disk, another job at the same time, or much new data.',
  'anomaly.duration.low':
    'The run took only {value:duration}, expected at least {low:duration}. Likely it had less to do than it should: check that the whole source was read.',
  'anomaly.duration.levelShift':
    'Runs have taken a different time since this one: {value:duration}, before it was {low:duration} to {high:duration}. Likely a change of hardware, network, schedule or amount of data.',
  'anomaly.duration.drift':
    'Runs have slowly come to take {value:duration}; before it was {low:duration} to {high:duration}. Likely a disk filling up, a repository that needs maintenance, or growing data.',
  'anomaly.added.high':
    '{value:bytes} of new data were stored, expected at most {high:bytes}. Likely large new files, files rewritten as a whole, or a backup without its predecessor.',
  'anomaly.added.low':
    'Only {value:bytes} of new data were stored, expected at least {low:bytes}. Likely nothing was written in the source: check that its applications and dumps still run.',
  'anomaly.added.levelShift':
    'Each run has stored a different amount of new data since this one: {value:bytes}, before it was {low:bytes} to {high:bytes}.',
  'anomaly.changedFileCount.high':
    '{value:count} files changed, expected at most {high:count}. Likely a mass update, a restore, or changed times or owners.',
  'anomaly.changedFileCount.low':
    'Only {value:count} files changed, expected at least {low:count}. Check that the source is still in use.',
  'anomaly.changedFileCount.levelShift':
    'A different number of files has changed in each run since this one: {value:count}, before it was {low:count} to {high:count}.',
  'anomaly.changeRate.high':
    '{value:percent} of the files changed, expected at most {high:percent}. Likely a mass update, a restore, or changed times or owners.',
  'anomaly.changeRate.low':
    'Only {value:percent} of the files changed, expected at least {low:percent}. Check that the source is still in use.',
  'anomaly.changeRate.levelShift':
    'A different share of the files has changed in each run since this one: {value:percent}, before it was {low:percent} to {high:percent}.',
  'anomaly.dedupRatio.high':
    'Deduplication saved far more than usual: {value} to 1, expected at most {high} to 1. Likely hardly anything in the source changed.',
  'anomaly.dedupRatio.low':
    'Deduplication saved far less than usual: {value} to 1, expected at least {low} to 1. Likely compressed, encrypted or re-created files.',
  'anomaly.dedupRatio.levelShift':
    'Deduplication has saved a different amount since this run: {value} to 1, before it was {low} to 1 up to {high} to 1.',
  'anomaly.durationPerByte.high':
    'The run was {factor} times slower for its size than usual. Likely a slow network or disk, or another job at the same time.',
  'anomaly.durationPerByte.low':
    'The run was {factor} times faster for its size than usual. Likely most of the source was skipped or unchanged.',
  'anomaly.durationPerByte.levelShift':
    'Runs have had a different speed for their size since this one, by a factor of {factor}. Likely a change of hardware, network or schedule.',
  'anomaly.durationPerByte.drift':
    'Runs have slowly changed their speed for their size, by a factor of {factor}. Likely a disk filling up or a repository that needs maintenance.',
  'anomaly.ransomwareLike':
    'Most of the data looks rewritten: {value:bytes} were new, expected at most {high:bytes}, while the size stayed the same. Encryption by ransomware looks like this; so does a mass conversion. Check some files now, and keep older backups from expiring.',
  'anomaly.sourceLoss.size':
    'Part of the source seems lost: the backup fell to {value:bytes}, expected at least {low:bytes}. Likely a mount, share or folder that was missing during the run. Check it before older backups expire.',
  'anomaly.sourceLoss.fileCount':
    'Part of the source seems lost: only {value:count} files were backed up, expected at least {low:count}. Likely a mount, share or folder that was missing during the run. Check it before older backups expire.',

  'concern.risk':
    'The next run will fail with a probability of {probability:percent}, which is above the limit of {limit:percent}.',
  'concern.overdue': 'The run that was expected {expected:time} has not come; it is {late:duration} late.',
  'concern.full': 'The storage will be full in {earliest} to {latest} days.',
  'concern.fullFrom': 'The storage may be full in {earliest} days.',
  'concern.lastFailed': 'The last run failed.',
  'concern.lastFailedWith': 'The last run failed: {error}',
  'concern.failed': 'This run failed.',
  'concern.failedWith': 'This run failed: {error}',
  'concern.skippedLines': 'This line could not be read, and was skipped; so were {others} later ones.',
  'concern.skippedLine': 'This line could not be read, and was skipped.',

  ...englishReport,
  ...englishCli,
} as const;
