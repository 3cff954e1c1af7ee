import * as vscode from 'vscode';
import type { Log } from '../../src/vscode/log.ts';

type AnyFunction = (...values: unknown[]) => unknown;

/** The functions by which an extension shows something at once. */
const shows = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showQuickPick',
  'showInputBox',
  'setStatusBarMessage',
] as const;

/** What is shown of a box; its value is what a person types into it. */
const shownOfBox = ['title', 'prompt', 'placeholder', 'validationMessage', 'items'] as const;

/**
 * Writes down everything that the extension shows in notifications, lists, questions and the status bar, everything that it
 * sends to its webviews, as JSON, and what it has for its log, before the log takes secrets out; all of it is shown all the
 * same. `stop` ends it. The log's file is of no use here: VS Code's server writes none without a native module.
 */
export function recordShown(log: Log): { seen: [string, string][]; stop: () => void } {
  const seen: [string, string][] = [];
  const window = vscode.window as unknown as Record<string, AnyFunction>;
  const originals = new Map<string, AnyFunction>();
  const replace = (name: string, by: (original: AnyFunction) => AnyFunction): void => {
    const original = window[name]!;
    originals.set(name, original);
    window[name] = by(original);
  };
  for (const name of shows)
    replace(name, (original) => (...values) => {
      seen.push([name, JSON.stringify(values)]);
      return original(...values);
    });
  for (const name of ['createInputBox', 'createQuickPick'])
    replace(name, (original) => () => {
      const box = original() as vscode.InputBox;
      const show = box.show.bind(box);
      const record = (): void => {
        const shown = shownOfBox.map((part) => (box as unknown as Record<string, unknown>)[part]);
        seen.push([name, JSON.stringify(shown)]);
      };
      box.show = () => {
        record();
        show();
      };
      // What is said of an answer is set after the extension has looked at it.
      box.onDidAccept(() => setTimeout(record));
      return box;
    });
  replace('createWebviewPanel', (original) => (...values) => {
    const panel = original(...values) as vscode.WebviewPanel;
    const post = panel.webview.postMessage.bind(panel.webview);
    panel.webview.postMessage = (message: unknown) => {
      seen.push(['webview message', JSON.stringify(message)]);
      return post(message);
    };
    return panel;
  });
  const lines = log as unknown as Record<string, AnyFunction>;
  for (const level of ['info', 'warn', 'error']) {
    const write = lines[level]!.bind(log);
    lines[level] = (...values) => {
      const texts = values.map((value) => (value instanceof Error ? `${value.message} ${value.stack}` : String(value)));
      seen.push(['log', texts.join(' ')]);
      return write(...values);
    };
  }
  return {
    seen,
    stop: () => {
      for (const level of ['info', 'warn', 'error']) Reflect.deleteProperty(log, level);
      for (const [name, original] of originals) window[name] = original;
    },
  };
}
