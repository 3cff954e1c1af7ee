/** What the tests inside the extension host and the runner outside of it have agreed upon. */

/** Begins every line that the test reporter prints. */
export const testLineMark = '\u2063';

/** Environment variable: the file into which the tests write how they ended. */
export const resultsVariable = 'HOST_TEST_RESULTS';

/** How the tests ended, as they say themselves. */
export interface HostTestResults {
  passed: number;
  failed: number;
  skipped: number;
}
