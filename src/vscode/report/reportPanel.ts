import * as vscode from 'vscode';
import { viewTypes } from '../../contributions.ts';
import type { ReportPage, ReportPageHost, ReportStatus, ReportView } from '../../protocol/reportPage.ts';
import { connect, type Handlers, type Peer } from '../../protocol/rpc.ts';
import { reportHtml } from './reportHtml.ts';

/** A page that does not answer is hidden or still loading; it asks for everything once it is there. */
const pageTimeoutMs = 5000;

/** What the panel's page gets from the rest of the extension. */
export interface ReportSource {
  /** The same object for as long as nothing in it has changed. */
  view: () => ReportView;
  status: () => ReportStatus;
  /** Told before a page is loaded, with the job that it will turn to if that is known. */
  opening: (job: string | null) => void;
  /** Told whenever a page asks for its data. */
  opened: () => void;
  handlers: Omit<Handlers<ReportPageHost>, 'ready'>;
  log: (text: string) => void;
}

/**
 * The one panel with the risk report. Its document is thrown away while it is hidden and made again when it is shown; the
 * page then asks for its data with `ready` and finds what it looked at in its own state.
 */
export class ReportPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #source: ReportSource;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | null = null;
  #page: Peer<ReportPage> | null = null;
  #isReady = false;
  /** What the page has been sent last. */
  #shown: ReportView | null = null;
  /** The job to turn to as soon as the page is there. */
  #wantedJob: string | null = null;

  constructor(extensionUri: vscode.Uri, source: ReportSource) {
    this.#extensionUri = extensionUri;
    this.#source = source;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewTypes.report, {
        deserializeWebviewPanel: (panel) => {
          this.#adopt(panel);
          return Promise.resolve();
        },
      }),
    ];
  }

  get isOpen(): boolean {
    return this.#panel !== null;
  }

  /** Whether the page has loaded and asked for its data. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Opens the panel or brings it to the front, turned to a job if one is given. */
  show(jobId: string | null): void {
    this.#wantedJob = jobId;
    if (this.#panel) this.#panel.reveal();
    else this.#adopt(vscode.window.createWebviewPanel(viewTypes.report, this.#title, vscode.ViewColumn.Active));
    this.#turnToWantedJob();
  }

  /** Sends the page the report and what goes on. */
  update(): void {
    if (!this.#isReady) return;
    const view = this.#source.view();
    if (view !== this.#shown) this.#tell('show', view);
    this.#shown = view;
    this.updateStatus();
  }

  /** Sends the page what goes on, and nothing of the report: for progress, many times a second. */
  updateStatus(): void {
    if (this.#isReady) this.#tell('status', this.#source.status());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }

  get #title(): string {
    return vscode.l10n.t('Backup Risk Report');
  }

  #adopt(panel: vscode.WebviewPanel): void {
    if (this.#panel) {
      panel.dispose();
      return;
    }
    this.#panel = panel;
    this.#source.opening(this.#wantedJob);
    panel.title = this.#title;
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'icon.png');
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#connect(panel);
    panel.onDidChangeViewState(() => {
      // The document is gone; calls of the next one must not meet answers to this one.
      if (!panel.visible) this.#connect(panel);
    });
    panel.onDidDispose(() => {
      this.#page?.close();
      this.#panel = this.#page = null;
      this.#isReady = false;
    });
    const file = (name: string): string => panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    panel.webview.html = reportHtml({
      cspSource: panel.webview.cspSource,
      scriptUri: file('report.js'),
      styleUri: file('report.css'),
      language: vscode.env.language,
    });
  }

  #connect(panel: vscode.WebviewPanel): void {
    this.#page?.close();
    this.#isReady = false;
    const listeners: vscode.Disposable[] = [];
    const peer = connect<ReportPage, ReportPageHost>(
      {
        post: (message) => void panel.webview.postMessage(message),
        onMessage: (listener) => void listeners.push(panel.webview.onDidReceiveMessage(listener)),
        onClose: (listener) => void listeners.push(panel.onDidDispose(listener)),
      },
      {
        ...this.#source.handlers,
        ready: () => {
          this.#isReady = true;
          // After the answer has been sent: the page turns to a job of a report that it has.
          setImmediate(() => this.#turnToWantedJob());
          this.#source.opened();
          this.#shown = this.#source.view();
          return { ...this.#shown, ...this.#source.status() };
        },
      },
    );
    this.#page = {
      call: peer.call,
      close: () => {
        peer.close();
        for (const listener of listeners) listener.dispose();
      },
    };
  }

  #turnToWantedJob(): void {
    if (this.#wantedJob === null || !this.#isReady) return;
    this.#tell('selectJob', this.#wantedJob);
    this.#wantedJob = null;
  }

  #tell<M extends keyof ReportPage>(method: M, request: ReportPage[M]['request']): void {
    this.#page
      ?.call(method, request, { timeoutMs: pageTimeoutMs })
      .catch((error: unknown) => this.#source.log(`The report page did not take "${method}": ${String(error)}`));
  }
}
