import type { ReportStatus } from '../src/protocol/reportPage.ts';
import { commandButton, type RunCommand } from './commandButton.ts';
import { make } from './make.ts';
import type { Words } from './words.ts';

/** A line on what goes on, above whatever report there is; null while nothing does. */
export function statusLine(
  { analyzing, progress, error }: ReportStatus,
  hasReport: boolean,
  words: Words,
  runCommand: RunCommand | null,
): HTMLElement | null {
  if (analyzing) {
    const text = progress
      ? words.say('report.reading', { path: progress.path, read: progress.bytesRead, total: progress.bytesTotal })
      : words.say(hasReport ? 'report.refreshing' : 'report.loading');
    const value = progress && progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : null;
    return make(
      'div',
      { class: 'status' },
      make('progress', { max: 1, value, 'aria-label': text }),
      make('p', { title: text }, text),
    );
  }
  if (error === null) return null;
  return make(
    'div',
    { class: 'status problem', role: 'alert' },
    make('p', {}, words.say('report.error', { reason: error }), ' ', hasReport ? words.say('report.error.kept') : ''),
    make(
      'p',
      { class: 'buttons' },
      commandButton('analyzeLogs', words.say('report.analyzeAgain'), 'primary', runCommand),
      commandButton('showLog', words.say('report.showLog'), 'secondary', runCommand),
    ),
  );
}
