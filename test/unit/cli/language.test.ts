import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { languageOf } from '../../../src/cli/language.ts';
import { projectRoot } from '../../workbench/projectRoot.ts';
import { captureCommand } from './captureCommand.ts';

const log = path.join(projectRoot, 'sample-workspace/logs/web-01');

async function run(language: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const write = (line: string): number => lines.push(line);
  const { code } = await captureCommand(args, { language, print: write, warn: write });
  return { code, text: lines.join('\n') };
}

test('the environment names the language, the strongest variable first', () => {
  assert.equal(languageOf({ LANG: 'es_ES.UTF-8' }), 'es-ES');
  assert.equal(languageOf({ LANG: 'en_US.UTF-8', LC_MESSAGES: 'es' }), 'es');
  assert.equal(languageOf({ LANG: 'es_ES', LC_ALL: 'C.UTF-8' }), 'en');
  for (const LANG of [undefined, '', 'POSIX', 'de_DE.UTF-8', 'est']) assert.equal(languageOf({ LANG }), 'en', LANG);
});

test('analyze, gate and evaluate speak Spanish', async () => {
  const analyze = await run('es', 'analyze', log, '--zone', 'UTC');
  assert.match(analyze.text, /^RIESGO +TAREA +EJECUCIONES/);
  assert.match(analyze.text, /Adelante: El riesgo del .* está dentro del límite del 50 %\./);
  assert.match(analyze.text, /1 archivos leídos, 169 ejecuciones encontradas\./);
  const gate = await run('es', 'gate', 'web-01', log);
  assert.match(gate.text, /"reason":"El riesgo del/);
  const evaluate = await run('es', 'evaluate', log);
  assert.match(evaluate.text, /tasa/);
  assert.doesNotMatch(`${analyze.text}${evaluate.text}`, /\b(?:the|runs|and|is)\b/i);
});

test('--language goes before the environment', async () => {
  assert.match((await run('es', 'analyze', log, '--language', 'en')).text, /^RISK +JOB/);
  assert.match((await run('en', 'analyze', log, '--language', 'es')).text, /^RIESGO +TAREA/);
});

test('a language that there is no translation of is a wrong call', async () => {
  const { code, text } = await run('en', 'analyze', log, '--language', 'tlh');
  assert.equal(code, 2);
  assert.match(text, /--language: 'tlh' is none of en, es/);
});
