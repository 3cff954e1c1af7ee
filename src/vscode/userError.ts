/** An error that a person can act on: its message is shown as it is, and nothing is logged. */
export class UserError extends Error {
  /** Buttons beside the message, each with the command that it runs. */
  readonly actions: readonly UserErrorAction[];

  constructor(text: string, ...actions: UserErrorAction[]) {
    super(text);
    this.name = 'UserError';
    this.actions = actions;
  }
}

export interface UserErrorAction {
  title: string;
  command: string;
  arguments?: unknown[];
}
