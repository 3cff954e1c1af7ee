import * as vscode from 'vscode';
import type { FindingCommandName } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { manageMarks } from '../commands/manageMarks.ts';
import { markAsExpected } from '../commands/markAsExpected.ts';
import type { CommandHandler } from '../commands/registerCommands.ts';
import { snoozeJob } from '../commands/snoozeJob.ts';
import { gzipLogScheme } from '../gzipLogs.ts';
import type { LiveSettings } from '../settings.ts';
import { ConcernFixes } from './concernFixes.ts';
import { Concerns } from './concerns.ts';
import { DefinitionIndex } from './definitionIndex.ts';
import type { Marks } from './marks.ts';
import { Problems } from './problems.ts';
import { RiskHovers } from './riskHovers.ts';
import { RiskLenses } from './riskLenses.ts';

/** Everything that points at findings where their cause is, wired together. */
export interface Findings {
  marks: Marks;
  concerns: Concerns;
  definitions: DefinitionIndex;
  handlers: Record<FindingCommandName, CommandHandler>;
  lifetime: vscode.Disposable;
}

export function createFindings(monitor: RiskMonitor, settings: LiveSettings, marks: Marks): Findings {
  const concerns = new Concerns(monitor, settings, marks);
  const definitions = new DefinitionIndex(monitor);
  const parts = { monitor, settings, concerns, definitions };
  const problems = new Problems(parts);
  const lenses = new RiskLenses(parts);
  const files: vscode.DocumentSelector = [{ scheme: 'file' }, { scheme: gzipLogScheme }];
  return {
    marks,
    concerns,
    definitions,
    handlers: {
      markAsExpected: (argument) => markAsExpected({ monitor, concerns, marks, settings }, argument),
      snoozeJob: (argument) => snoozeJob(monitor, marks, argument),
      manageMarks: () => manageMarks(marks, settings),
    },
    lifetime: vscode.Disposable.from(
      concerns,
      definitions,
      problems,
      lenses,
      vscode.languages.registerCodeLensProvider(files, lenses),
      vscode.languages.registerHoverProvider(files, new RiskHovers(parts, problems)),
      vscode.languages.registerCodeActionsProvider(files, new ConcernFixes(problems), {
        providedCodeActionKinds: ConcernFixes.kinds,
      }),
    ),
  };
}
