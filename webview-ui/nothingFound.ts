import type { ReportOverview } from '../src/protocol/reportOverview.ts';
import { commandButton } from './commandButton.ts';
import { make } from './make.ts';
import type { PageContext } from './pageContext.ts';
import { sourcesTable } from './sources.ts';

/** What to do when there is no backup run to report on. */
export function nothingFound({ sources }: ReportOverview, context: PageContext): HTMLElement {
  const { words, runCommand } = context;
  const read = sources.length > 0;
  return make(
    'div',
    { class: 'empty' },
    make('h2', {}, words.say('report.empty')),
    make('p', {}, words.say(read ? 'report.empty.notRecognized' : 'report.empty.noFiles')),
    make(
      'p',
      { class: 'buttons' },
      commandButton('configureLogs', words.say('report.configureLogs'), 'primary', runCommand),
      commandButton('analyzeLogs', words.say('report.analyzeAgain'), 'secondary', runCommand),
    ),
    read ? sourcesTable(sources, context) : null,
  );
}
