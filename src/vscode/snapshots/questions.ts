import * as vscode from 'vscode';

export interface SecretQuestion {
  title: string;
  prompt: string;
  /** Says what is wrong with an answer; null when it will do. */
  fault: (answer: string) => string | null;
}

/** Asks for secrets, one at a time, so that they are never shown; an answer is handed on and kept nowhere. */
export class Questions {
  /** What is being asked just now. */
  box: vscode.InputBox | null = null;

  /** The answer; throws `CancellationError` when a person gives none. */
  ask({ title, prompt, fault }: SecretQuestion): Promise<string> {
    const box = vscode.window.createInputBox();
    box.title = title;
    box.prompt = prompt;
    box.password = true;
    // Somebody may have to look a passphrase up in another window.
    box.ignoreFocusOut = true;
    this.box = box;
    return new Promise<string>((resolve, reject) => {
      box.onDidChangeValue(() => (box.validationMessage = undefined));
      box.onDidAccept(() => {
        const wrong = fault(box.value);
        box.validationMessage = wrong ?? undefined;
        if (wrong !== null) return;
        resolve(box.value);
        box.hide();
      });
      box.onDidHide(() => {
        box.dispose();
        if (this.box === box) this.box = null;
        reject(new vscode.CancellationError());
      });
      box.show();
    });
  }
}
