import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { Pacer } from '../../../../src/vscode/analysis/pacer.ts';

const pace = { quietMs: 100, patienceMs: 1000, restFactor: 4 };

/** A pacer whose action takes as long as the test lets it. */
function pacedAction(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let finish: () => void = () => undefined;
  const action = mock.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const pacer = new Pacer(action, pace);
  const end = async (): Promise<void> => {
    finish();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pacer, end, count: () => action.mock.callCount(), pass: (ms: number) => t.mock.timers.tick(ms) };
}

test('acts once, when it has been quiet for a while', (t) => {
  const { pacer, count, pass } = pacedAction(t);
  pacer.poke();
  pass(60);
  pacer.poke();
  pass(60);
  assert.equal(count(), 0);
  pass(40);
  assert.equal(count(), 1);
});

test('loses patience when it never gets quiet', (t) => {
  const { pacer, count, pass } = pacedAction(t);
  for (let passed = 0; passed < 1000; passed += 50) {
    assert.equal(count(), 0);
    pacer.poke();
    pass(50);
  }
  assert.equal(count(), 1);
});

test('never acts twice at a time, and acts again for what came meanwhile', async (t) => {
  const { pacer, end, count, pass } = pacedAction(t);
  pacer.poke();
  pass(100);
  pacer.poke();
  pass(5000);
  assert.equal(count(), 1);
  await end();
  pass(5000 * pace.restFactor - 1);
  assert.equal(count(), 1, 'rests four times as long as it worked');
  pass(1);
  assert.equal(count(), 2);
});

test('stays quiet when nothing happened', async (t) => {
  const { pacer, end, count, pass } = pacedAction(t);
  pacer.poke();
  pass(100);
  await end();
  pass(100_000);
  assert.equal(count(), 1);
});

test('does nothing after it was disposed', (t) => {
  const { pacer, count, pass } = pacedAction(t);
  pacer.poke();
  pacer.dispose();
  pacer.poke();
  pass(5000);
  assert.equal(count(), 0);
});
