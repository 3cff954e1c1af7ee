import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLoginCalls } from '../../../../src/configs/secrets/loginCalls.ts';

/** The passwords that are found, in the order of the text. */
function found(text: string): string[] {
  return findLoginCalls(text)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end));
}

test('the second text of a call that logs in is a password', () => {
  const calls: [string, string[]][] = [
    ['w = worker.Worker("bob", "hunter2")', ['hunter2']],
    ["auth=HTTPBasicAuth( 'bob' , 'hunter two')", ['hunter two']],
    ['server.login("bob", "it\'s")', ["it's"]],
    ['printf("%s", \'login("bob", "hunter2")\')', ['hunter2']],
    ['UserPasswordAuth({"bob": "hunter2", "eve": "hunter3"})', ['hunter2', 'hunter3']],
    ['server.login("bob", "hunter2"); server.login("eve", "hunter3")', ['hunter2', 'hunter3']],
    [`${'x'.repeat(60)}Worker("bob", "hunter2")`, []],
    ['join("bob", "hunter2")', []],
    ['catalogin("bob", "hunter2")', []],
    ['login(name, "hunter2")', []],
  ];
  for (const [call, passwords] of calls) assert.deepEqual(found(call), passwords, call);
});

test('a sentence that such a call shows is no password, and words that are no sentence are one', () => {
  assert.deepEqual(found("login('Welcome', 'Please sign in')"), []);
  assert.deepEqual(found("login('bob', 'please sign in')"), ['please sign in']);
  assert.deepEqual(found("login('bob', 'Correct horse battery staple')"), ['Correct horse battery staple']);
});
