/** What VS Code gives a webview's script; may be called once in a document. */
declare function acquireVsCodeApi(): {
  postMessage: (message: unknown) => void;
  getState: () => unknown;
  setState: (state: unknown) => unknown;
};
