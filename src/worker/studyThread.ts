/** The second thread of a large analysis: studies the runs it is handed, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { fromColumns } from '../backups/runColumns.ts';
import { studyRuns } from '../backups/studyRuns.ts';
import { connect, type NoMethods } from '../protocol/rpc.ts';
import type { StudyMethods } from '../protocol/study.ts';

const port = parentPort;
if (!port) throw new Error('The study thread was started as a program of its own.');

connect<NoMethods, StudyMethods>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.once('close', listener),
  },
  { study: ({ columns, options }) => studyRuns(fromColumns(columns), options) },
);
