import type { Port } from '../src/protocol/rpc.ts';

/** The channel to the extension host: out through VS Code's API, in through window messages. */
export function windowPort(api: { postMessage: (message: unknown) => void }): Port {
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', (event) => listener(event.data)),
    onClose: (listener) => window.addEventListener('pagehide', () => listener()),
  };
}
