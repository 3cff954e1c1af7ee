import type { Prediction } from '../src/backups/report.ts';
import type { WhatIf } from '../src/protocol/reportPage.ts';
import type { ConfigChange } from '../src/protocol/configChange.ts';
import type { RunCommand } from './commandButton.ts';
import type { ViewStateStore } from './viewState.ts';
import type { Words } from './words.ts';

/** What every part of the page needs: its voice, its memory, the moment the report speaks of, and the way to the host. */
export interface PageContext {
  words: Words;
  state: ViewStateStore;
  /** The report's own time, so that "8 h ago" agrees with the rest of it however long the page stays open. */
  now: number;
  maxRisk: number;
  /** Aborted when the part is taken off the page: whatever watches or draws lets go then. */
  lifetime: AbortSignal;
  openSource: (place: { path: string; line: number }) => void;
  selectJob: (id: string) => void;
  runCommand: RunCommand | null;
  configChanges: ((job: string, signal: AbortSignal) => Promise<ConfigChange[]>) | null;
  whatIf: ((question: WhatIf, signal: AbortSignal) => Promise<Prediction>) | null;
}
