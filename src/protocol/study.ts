/** What the analysis asks of its second thread. */
import type { RunColumns } from '../backups/runColumns.ts';
import type { RunStudy, StudyOptions } from '../backups/studyRuns.ts';

export interface StudyMethods {
  study: { request: { columns: RunColumns; options: StudyOptions }; response: RunStudy; progress: never };
}
