/**
 * The colors of VS Code's Light Modern and Dark Modern, by the names that the page's own style asks for: in a file of its
 * own the reader's system chooses between them, and paper is light.
 */
const light = `
  --vscode-button-background: #005fb8;
  --vscode-button-border: rgba(0, 0, 0, 0.1);
  --vscode-button-foreground: #ffffff;
  --vscode-button-hoverBackground: #0258a8;
  --vscode-charts-blue: #0063d3;
  --vscode-charts-green: #388a34;
  --vscode-charts-lines: rgba(59, 59, 59, 0.5);
  --vscode-charts-red: #e51400;
  --vscode-charts-yellow: #bf8803;
  --vscode-descriptionForeground: #3b3b3b;
  --vscode-editor-background: #ffffff;
  --vscode-editor-foreground: #3b3b3b;
  --vscode-editorHoverWidget-background: #f8f8f8;
  --vscode-editorHoverWidget-foreground: #3b3b3b;
  --vscode-editorHoverWidget-border: rgba(59, 59, 59, 0.2);
  --vscode-focusBorder: #005fb8;
  --vscode-foreground: #3b3b3b;
  --vscode-list-hoverBackground: #f2f2f2;
  --vscode-list-inactiveSelectionBackground: #e4e6f1;
  --vscode-panel-border: #e5e5e5;
  --vscode-progressBar-background: #005fb8;
  --vscode-settings-headerForeground: #1f1f1f;
  --vscode-textBlockQuote-background: #f8f8f8;
  --vscode-textBlockQuote-border: #e5e5e5;
  --vscode-textLink-activeForeground: #005fb8;
  --vscode-textLink-foreground: #005fb8;
  --vscode-toolbar-hoverBackground: rgba(184, 184, 184, 0.31);
  --vscode-widget-border: #e5e5e5;
`;
const dark = `
  --vscode-button-background: #0078d4;
  --vscode-button-border: rgba(255, 255, 255, 0.1);
  --vscode-button-foreground: #ffffff;
  --vscode-button-hoverBackground: #026ec1;
  --vscode-charts-blue: #59a4f9;
  --vscode-charts-green: #89d185;
  --vscode-charts-lines: rgba(204, 204, 204, 0.5);
  --vscode-charts-red: #f14c4c;
  --vscode-charts-yellow: #cca700;
  --vscode-descriptionForeground: #9d9d9d;
  --vscode-editor-background: #1f1f1f;
  --vscode-editor-foreground: #cccccc;
  --vscode-editorHoverWidget-background: #202020;
  --vscode-editorHoverWidget-foreground: #cccccc;
  --vscode-editorHoverWidget-border: rgba(204, 204, 204, 0.2);
  --vscode-focusBorder: #0078d4;
  --vscode-foreground: #cccccc;
  --vscode-list-hoverBackground: #2a2d2e;
  --vscode-list-inactiveSelectionBackground: #37373d;
  --vscode-panel-border: #2b2b2b;
  --vscode-progressBar-background: #0078d4;
  --vscode-settings-headerForeground: #ffffff;
  --vscode-textBlockQuote-background: #2b2b2b;
  --vscode-textBlockQuote-border: #616161;
  --vscode-textLink-activeForeground: #4daafc;
  --vscode-textLink-foreground: #4daafc;
  --vscode-toolbar-hoverBackground: rgba(90, 93, 94, 0.31);
  --vscode-widget-border: #313131;
`;

export const themeStyle = `
:root {
  color-scheme: light dark;
  --vscode-font-family: system-ui, 'Segoe UI', Ubuntu, sans-serif;
  --vscode-font-size: 13px;
  --vscode-editor-font-family: ui-monospace, Consolas, monospace;
${light}}
@media screen and (prefers-color-scheme: dark) {
  :root {${dark}}
}
body {
  margin: 0 auto;
  max-width: 1240px;
  font: var(--vscode-font-size) var(--vscode-font-family);
  background: var(--vscode-editor-background);
}
`;
