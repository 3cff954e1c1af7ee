import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { completeCodeServer } from './completeCodeServer.ts';

/** A running VS Code server with its web workbench. */
export interface VscodeServer {
  /** Its address, without a trailing slash. */
  url: string;
  /** Everything it has printed so far. */
  log(): string;
  /** Resolves with what the pattern matches in the log, or with null when the time is over or the server has ended. */
  waitForLog(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray | null>;
  /** How its workbench names a file or folder of this machine. */
  uri(file: string): string;
  /** Resolves when it has ended, for whatever reason. */
  end: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Where everything it writes goes: settings, extensions, state. */
  folder: string;
  /** Any free port when left out. */
  port?: number;
  /** User settings on top of `quietSettings`. */
  settings?: Record<string, unknown>;
  /**
   * Lets the address name an extension under development and tests to run in the extension host (VS Code's own
   * smoke test driver). Notification toasts do not show while it is on.
   */
  testDriver?: boolean;
  /** Trusts no workspace, and does not ask. */
  restricted?: boolean;
  keybindings?: readonly Keybinding[];
}

/** Keys, as `keybindings.json` writes them, that run a command however the menus hide it. */
export interface Keybinding {
  key: string;
  command: string;
}

const distrust = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** Leaves out whatever would ask, animate, or reach for the network by itself. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.autoDetectHighContrast': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Adds to the settings in the server's folder; a running workbench takes them over by itself. To the user's and to the
 * machine's: in a browser the user's settings count as those of another machine, and what belongs to one is not read there.
 */
export function writeSettings(folder: string, settings: Record<string, unknown>): void {
  for (const owner of ['User', 'Machine']) {
    const file = path.join(folder, 'user-data', owner, 'settings.json');
    const present = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...present, ...settings }, null, 2));
  }
}

/** Installs a packaged extension for the server that uses this folder, as `code --install-extension` does. */
export function installVsix(folder: string, vsix: string): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [completeCodeServer(), ...folderFlags(folder), '--install-extension', path.resolve(vsix), '--force'],
    { encoding: 'utf8', env: serverEnvironment(folder), timeout: 120_000 },
  );
  if (status !== 0 || !stdout.includes('was successfully installed'))
    throw new Error(`${path.basename(vsix)} could not be installed:\n${stdout}${stderr}`);
}

/** Starts the server on 127.0.0.1 and resolves when it listens. It never outlives this process. */
export async function startVscodeServer(options: ServerOptions): Promise<VscodeServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Its two processes give each other ten seconds to meet, which a busy machine may not grant them.
      if (attempt === 3 || !/timed out/i.test(String(error))) throw error;
    }
  }
}

async function startOnce({
  folder,
  port = 0,
  settings,
  testDriver,
  restricted = false,
  keybindings = [],
}: ServerOptions): Promise<VscodeServer> {
  const entry = completeCodeServer();
  writeSettings(folder, { ...quietSettings, ...(restricted && distrust), ...settings });
  writeFileSync(path.join(folder, 'user-data/User/keybindings.json'), JSON.stringify(keybindings));
  const server = spawn(
    process.execPath,
    [
      entry,
      ...folderFlags(folder),
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-proxy'],
      ...(restricted ? [] : ['--disable-workspace-trust']),
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    // A process group of its own: one signal reaches its extension hosts and terminals too, and Ctrl-C reaches it through us, in order.
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: serverEnvironment(folder) },
  );

  let log = '';
  let ended = false;
  const listeners = new Set<() => void>();
  const notify = () => listeners.forEach((listener) => listener());
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      notify();
    });
  const end = new Promise<void>((resolve) => {
    const onEnd = () => {
      ended = true;
      notify();
      resolve();
    };
    server.once('exit', onEnd).once('error', onEnd);
  });

  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      if (server.pid !== undefined) process.kill(-server.pid, signal);
    } catch {
      // Nobody is left in the group.
    }
  };
  const killGroup = () => signalGroup('SIGKILL');
  process.once('exit', killGroup);
  // Without a listener a signal ends this process and skips its 'exit' event, and the server would be left behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));

  const waitForLog = (pattern: RegExp, timeoutMs: number) =>
    new Promise<RegExpExecArray | null>((resolve) => {
      const finish = (match: RegExpExecArray | null) => {
        clearTimeout(timer);
        listeners.delete(look);
        resolve(match);
      };
      const look = () => {
        const match = pattern.exec(log);
        if (match || ended) finish(match);
      };
      const timer = setTimeout(() => finish(null), timeoutMs);
      listeners.add(look);
      look();
    });
  const stop = async () => {
    signalGroup('SIGTERM');
    const timer = setTimeout(killGroup, 5000);
    await end;
    clearTimeout(timer);
    killGroup();
    process.off('exit', killGroup);
  };

  const listening = await waitForLog(/HTTP server listening on (http:\/\/[\d.]+:\d+)/, 90_000);
  if (!listening) {
    await stop();
    throw new Error(`VS Code's server does not start. What it said:\n${log.slice(-3000)}`);
  }
  const url = listening[1]!;
  return {
    url,
    log: () => log,
    waitForLog,
    uri: (file) => `vscode-remote://${new URL(url).host}${path.resolve(file)}`,
    end,
    stop,
  };
}

/** The address of the workbench with a folder, a .code-workspace or nothing opened in it. */
export function workbenchUrl(
  server: VscodeServer,
  { workspace, payload = [] }: { workspace?: string | undefined; payload?: [string, string][] },
): string {
  const query = new URLSearchParams();
  if (workspace === undefined) query.set('ew', 'true');
  else query.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(workspace));
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.url}/?${query.toString()}`;
}

function folderFlags(folder: string): string[] {
  return [
    ...['--config', path.join(folder, 'config.yaml')],
    ...['--user-data-dir', path.join(folder, 'user-data')],
    ...['--extensions-dir', path.join(folder, 'extensions')],
  ];
}

function serverEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    EXTENSIONS_GALLERY: '{}',
    VSCODE_CLI: '1', // no login shell is asked for its environment, which can take ten seconds
    VSCODE_PROXY_URI: '',
    XDG_RUNTIME_DIR: folder, // its sockets
  };
}
