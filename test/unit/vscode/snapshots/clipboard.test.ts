import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clipboard } from '../../../../src/vscode/snapshots/clipboard.ts';

/** A system's clipboard that answers a reader in its own way, as one does in a browser that was not given the right. */
function clipboardThatReads(readText: (held: string) => Promise<string>): { clipboard: Clipboard; held: () => string } {
  let held = '';
  const clipboard = new Clipboard({
    readText: () => readText(held),
    writeText: (text) => {
      held = text;
      return Promise.resolve();
    },
  });
  return { clipboard, held: () => held };
}

const unreadable = {
  'refuses to be read': () => Promise.reject(new Error('NotAllowedError')),
  'shows nothing': () => Promise.resolve(''),
  'never answers': () => new Promise<string>(() => undefined),
};

for (const [how, readText] of Object.entries(unreadable))
  test(`a secret is taken back from a clipboard that ${how}`, async () => {
    const { clipboard, held } = clipboardThatReads(readText);
    await clipboard.lend('plum-Harbour-88');
    assert.equal(held(), 'plum-Harbour-88');
    await clipboard.takeBack();
    assert.equal(held(), '');
  });

test('what somebody else has copied since stays', async () => {
  const { clipboard, held } = clipboardThatReads(() => Promise.resolve('copied since'));
  await clipboard.lend('plum-Harbour-88');
  await clipboard.takeBack();
  assert.equal(held(), 'plum-Harbour-88', 'nothing was written over it');
});
