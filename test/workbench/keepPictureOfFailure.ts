import { afterEach } from 'node:test';
import type { Workbench } from './openWorkbench.ts';

/** After every test that fails, saves what was to be seen into `artifacts/`. */
export function keepPictureOfFailure(workbench: () => Workbench | undefined): void {
  afterEach(async (context) => {
    if ('passed' in context && !context.passed)
      await workbench()?.takePicture(`failure-${context.name.toLowerCase().replace(/\W+/g, '-')}`);
  });
}
