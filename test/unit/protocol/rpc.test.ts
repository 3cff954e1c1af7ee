import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  connect,
  RpcError,
  type Handlers,
  type NoMethods,
  type Peer,
  type Port,
  type RpcFailure,
} from '../../../src/protocol/rpc.ts';

interface Calculator {
  double: { request: number; response: number; progress: never };
  count: { request: number; response: string; progress: number };
  wait: { request: null; response: null; progress: never };
  break: { request: string; response: null; progress: never };
  leak: { request: null; response: unknown; progress: never };
}

/** Two ports joined in memory; as over a real channel, a message is cloned and comes later. */
function channel() {
  const ends = [0, 1].map(() => ({
    sent: [] as unknown[],
    messages: [] as ((m: unknown) => void)[],
    closes: [] as (() => void)[],
  }));
  const portOf = (mine: number): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      ends[mine]!.sent.push(copy);
      queueMicrotask(() => ends[1 - mine]!.messages.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => ends[mine]!.messages.push(listener),
    onClose: (listener) => ends[mine]!.closes.push(listener),
  });
  const cut = (): void => ends.forEach((end) => end.closes.forEach((listener) => listener()));
  return { ports: [portOf(0), portOf(1)] as const, ends, cut };
}

function calculator(seen: { aborted: number } = { aborted: 0 }) {
  const { ports, ends, cut } = channel();
  const handlers: Handlers<Calculator> = {
    double: (n) => n * 2,
    count: (n, { progress }) => {
      for (let i = 1; i <= n; i++) progress(i);
      return `counted ${n}`;
    },
    wait: (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          seen.aborted++;
          resolve(null);
        });
      }),
    break: (text) => {
      throw new RangeError(text);
    },
    leak: () => () => 'a function cannot be cloned',
  };
  connect<NoMethods, Calculator>(ports[1], handlers);
  return { peer: connect<Calculator>(ports[0], {}), ends, cut, ports };
}

const failsWith = (failure: RpcFailure, also: (error: RpcError) => boolean = () => true) => {
  return (error: unknown): boolean => error instanceof RpcError && error.failure === failure && also(error);
};

test('a call brings back the value of its own request, whatever the order of the answers', async () => {
  const { peer } = calculator();
  assert.deepEqual(await Promise.all([3, 1, 2].map((n) => peer.call('double', n))), [6, 2, 4]);
});

test('both ends can call and serve on one port', async () => {
  interface Shouter {
    shout: { request: string; response: string; progress: never };
  }
  interface Measurer {
    measure: { request: string; response: string; progress: never };
  }
  const { ports } = channel();
  const left = connect<Measurer, Shouter>(ports[0], { shout: (text) => text.toUpperCase() });
  const right: Peer<Shouter> = connect<Shouter, Measurer>(ports[1], {
    measure: async (text) => `${await right.call('shout', text)} ${text.length}`,
  });
  assert.equal(await left.call('measure', 'xyz'), 'XYZ 3');
});

test('progress comes in order and before the value', async () => {
  const { peer } = calculator();
  const seen: number[] = [];
  assert.equal(await peer.call('count', 3, { onProgress: (n) => seen.push(n) }), 'counted 3');
  assert.deepEqual(seen, [1, 2, 3]);
});

test('what a handler throws comes back with its name, text and stack', async () => {
  const { peer } = calculator();
  await assert.rejects(
    peer.call('break', 'out of paper'),
    failsWith('failed', (e) => e.message === 'out of paper' && e.remoteName === 'RangeError' && !!e.remoteStack),
  );
});

test('an answer that cannot be cloned is an error, not silence', async () => {
  const { peer } = calculator();
  await assert.rejects(peer.call('leak', null), failsWith('failed'));
});

test('a request that cannot be cloned is an error at once', async () => {
  const { ports } = channel();
  const peer = connect<{ take: { request: unknown; response: null; progress: never } }>(ports[0], {});
  await assert.rejects(
    peer.call('take', () => null),
    failsWith('failed', (e) => e.message.includes('take')),
  );
});

test('a method that nobody serves is refused, also one that every object has', async () => {
  const { ports } = channel();
  connect(ports[1], {});
  const peer = connect<Record<'missing' | 'toString', { request: null; response: null; progress: never }>>(
    ports[0],
    {},
  );
  await assert.rejects(peer.call('missing', null), failsWith('noSuchMethod'));
  await assert.rejects(peer.call('toString', null), failsWith('noSuchMethod'));
});

test('cancelling rejects at once and aborts the handler', async () => {
  const seen = { aborted: 0 };
  const { peer } = calculator(seen);
  const controller = new AbortController();
  const call = peer.call('wait', null, { signal: controller.signal });
  await Promise.resolve();
  controller.abort();
  await assert.rejects(call, failsWith('cancelled'));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.aborted, 1);
});

test('a call that is cancelled before it starts sends nothing', async () => {
  const { peer, ends } = calculator();
  await assert.rejects(peer.call('double', 1, { signal: AbortSignal.abort() }), failsWith('cancelled'));
  assert.equal(ends[0]!.sent.length, 0);
});

test('a call that takes too long rejects and tells the other side to stop', async () => {
  const seen = { aborted: 0 };
  const { peer } = calculator(seen);
  await assert.rejects(
    peer.call('wait', null, { timeoutMs: 5 }),
    failsWith('timedOut', (e) => e.message.includes('5 ms')),
  );
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.aborted, 1);
});

test('when the other side goes, all that is pending rejects, all that is served aborts, and new calls reject', async () => {
  const seen = { aborted: 0 };
  const { peer, cut } = calculator(seen);
  const calls = [peer.call('wait', null), peer.call('wait', null)];
  await new Promise((resolve) => setImmediate(resolve));
  cut();
  for (const call of calls) await assert.rejects(call, failsWith('peerGone'));
  assert.equal(seen.aborted, 2);
  await assert.rejects(peer.call('double', 1), failsWith('peerGone'));
});

test('closing this side rejects what is pending', async () => {
  const { peer } = calculator();
  const call = peer.call('wait', null);
  peer.close();
  await assert.rejects(call, failsWith('peerGone'));
});

test('messages that are not calls are left alone', async () => {
  const { peer, ends } = calculator();
  for (const noise of [null, 7, 'text', {}, { type: 'other' }, { rpc: 'value', id: 99 }, { rpc: 'cancel', id: 99 }])
    for (const end of ends) end.messages.forEach((listener) => listener(noise));
  assert.equal(await peer.call('double', 21), 42);
});
