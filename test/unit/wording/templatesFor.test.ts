import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMessage } from '../../../src/wording/format.ts';
import { message } from '../../../src/wording/message.ts';
import { templatesFor } from '../../../src/wording/templatesFor.ts';

const say = (language: string): string =>
  formatMessage(message('factor.plannedSize', { value: 1536, usual: 1024 }), {
    language,
    zone: 'UTC',
    templates: templatesFor(language),
  });

test('Spanish, of any country, reads Spanish and has its decimal comma', () => {
  assert.equal(say('es'), 'El tamaño previsto es 1,5 KiB; lo habitual es 1 KiB.');
  assert.match(say('es-MX'), /^El tamaño previsto es 1\.5 KiB/);
});

test('other languages read English', () => {
  for (const language of ['en', 'de', 'est', '']) assert.deepEqual(templatesFor(language), {}, language);
});
