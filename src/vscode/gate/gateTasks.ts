import * as vscode from 'vscode';
import { taskTypes } from '../../contributions.ts';
import { GateTerminal, type GateDependencies } from './gateTerminal.ts';

/** What tasks.json says of a gate. Anything may stand there: people write it by hand. */
interface GateDefinition extends vscode.TaskDefinition {
  job?: unknown;
  maxRisk?: unknown;
}

/**
 * Tasks that end with 0 when a job's next run should start now, and fail when it should wait, so that a task which makes
 * a backup can depend on one. One is offered for every job; tasks.json may name more.
 */
export class GateTasks implements vscode.TaskProvider, vscode.Disposable {
  readonly #dependencies: GateDependencies;
  readonly #registration: vscode.Disposable;

  constructor(dependencies: GateDependencies) {
    this.#dependencies = dependencies;
    this.#registration = vscode.tasks.registerTaskProvider(taskTypes.gate, this);
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const { monitor } = this.#dependencies;
    const report = monitor.report ?? (await monitor.analyze().catch(() => null));
    return (
      report?.jobs.map(({ id }) => this.#task({ type: taskTypes.gate, job: id }, vscode.TaskScope.Workspace)) ?? []
    );
  }

  resolveTask(task: vscode.Task): vscode.Task {
    return this.#task(task.definition, task.scope ?? vscode.TaskScope.Workspace);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  // VS Code takes a resolved task only with the very definition that it asked about.
  #task(definition: GateDefinition, scope: vscode.TaskScope | vscode.WorkspaceFolder): vscode.Task {
    const job = typeof definition.job === 'string' ? definition.job : '';
    const name = vscode.l10n.t('Gate for {0}', job);
    const execution = new vscode.CustomExecution((resolved: GateDefinition) =>
      Promise.resolve(new GateTerminal(resolved.job, resolved.maxRisk, this.#dependencies)),
    );
    const task = new vscode.Task(definition, scope, name, 'Backup Foresight', execution, []);
    task.detail = vscode.l10n.t('Fails when the next backup should wait');
    return task;
  }
}
