import type { ConfigChange } from '../../src/protocol/configChange.ts';
import { dataTable, dataValue } from '../dataTable.ts';
import { make } from '../make.ts';
import type { PageContext } from '../pageContext.ts';

/** What changed in configurations before the job began to fail: empty until it is known, and when there is nothing. */
export function changedBefore(jobId: string, context: PageContext): HTMLElement {
  const place = make('div');
  context.configChanges?.(jobId, context.lifetime).then(
    (changes) => {
      if (changes.length > 0) place.replaceChildren(section(changes, context));
    },
    () => undefined, // the page has turned to another job, or the host is gone: both say so themselves
  );
  return place;
}

function section(changes: readonly ConfigChange[], { words }: PageContext): HTMLElement {
  const columns = [
    { label: words.say('report.column.config'), plain: true },
    { label: words.say('report.column.key'), plain: true, long: true },
    { label: words.say('report.column.change') },
    { label: words.say('report.column.seen') },
  ];
  const cells = (row: number) => {
    const { config, key, change, isSecret, seenAt } = changes[row]!;
    const what = words.say(`report.configChange.${change}`);
    return [
      config,
      key,
      isSecret ? words.say('report.configChange.secret', { change: what }) : what,
      dataValue(seenAt, words.time(seenAt)),
    ];
  };
  const heading = words.say('report.changedBefore');
  const options = { caption: heading, pageSize: 10, stacks: true };
  return make(
    'section',
    { class: 'block' },
    make('h3', {}, heading),
    make('p', { class: 'note' }, words.say('report.changedBefore.note')),
    dataTable({ columns, rowCount: changes.length, cells }, options, words),
  );
}
