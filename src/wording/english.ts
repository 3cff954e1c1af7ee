/**
 * Every sentence that the wings can say, in English: the source text of all translations (l10n/ is keyed by it).
 * A placeholder is `{name}` or `{name:unit}`; the units are those of format.ts: bytes, duration, percent, points, time,
 * date, count, number.
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
} as const;
