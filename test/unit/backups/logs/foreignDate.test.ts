import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOfForeignDate } from '../../../../src/backups/logs/foreignDate.ts';
import { StampReader } from '../../../../src/backups/logs/stamps.ts';
import { createZonedTime } from '../../../../src/backups/logs/zonedTime.ts';

const readerOf = (): StampReader => new StampReader(createZonedTime('Europe/Berlin'), Date.UTC(2026, 10, 24));

test('dates as other languages write them', () => {
  const at = Date.UTC(2026, 0, 5, 2, 0, 1);
  for (const text of [
    'lun 05 ene 2026 03:00:01 CET',
    'lun ene  5 03:00:01 CET 2026',
    'Mo 5. Jan 03:00:01 CET 2026',
    'lun. 05 janv. 2026 03:00:01 CET',
    'seg 05 jan 2026 03:00:01 CET',
    'lun 5 gen 2026, 03:00:01, CET',
    '5. Jan 2026 03:00:01',
  ]) {
    assert.equal(readerOf().at(text, 0)?.at, at, text);
    assert.equal(readerOf().find(`Inicio: ${text}`)?.at, at, text);
  }
  assert.equal(readerOf().at('So 29. Mär 03:17:03 CEST 2026', 0)?.at, Date.UTC(2026, 2, 29, 1, 17, 3));
  assert.equal(readerOf().at('vie 15 may 2026 04:00:00 CEST', 0)?.at, Date.UTC(2026, 4, 15, 2));
});

test('other words between numbers are no dates', () => {
  for (const text of ['3 files 2026 03:00:01', 'copied 5 of 03:00', 'lun 45 ene 2026 03:00:01'])
    assert.equal(readerOf().find(text), null, text);
  assert.equal(placeOfForeignDate('nothing here'), -1);
});
