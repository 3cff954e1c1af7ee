import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../workbench/projectRoot.ts';

/** One call of `vscode.l10n.t` in the sources. */
export interface L10nCall {
  /** `FILE:LINE`. */
  place: string;
  /** The English text; null when it is no plain text, so that nobody can translate it. */
  text: string | null;
  /** Whether it is said below a question that is asked first, where a long line is cut off. */
  isConsequence: boolean;
}

/** Every call of `vscode.l10n.t`, in the order of files and lines. */
export function findL10nCalls(): L10nCall[] {
  return globSync(['src/extension.ts', 'src/vscode/**/*.ts'], { cwd: projectRoot }).sort().flatMap(callsIn);
}

function callsIn(file: string): L10nCall[] {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const calls: L10nCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
      const [argument] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const plain = argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : null;
      calls.push({ place: `${file}:${line + 1}`, text: plain, isConsequence: isConsequence(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** The first two arguments of `askFirst` are the question and the answer. */
function isConsequence(node: ts.CallExpression): boolean {
  const parent = node.parent;
  return (
    ts.isCallExpression(parent) && parent.expression.getText() === 'askFirst' && parent.arguments.indexOf(node) > 1
  );
}
