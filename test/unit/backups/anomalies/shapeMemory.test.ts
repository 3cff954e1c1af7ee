import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../../bench/simulateJob.ts';
import { ShapeMemory } from '../../../../src/backups/anomalies/shapeMemory.ts';

test('finds the same distance as a search through all of them, also when the oldest are gone', () => {
  const random = seededRandom(4);
  const capacity = 50;
  const memory = new ShapeMemory(3, capacity);
  const kept: Float64Array[] = [];
  for (let position = 0; position < 400; position++) {
    // Few different coordinates: equal sums and equal shapes occur.
    const shape = Float64Array.from({ length: 3 }, () => Math.floor(random() * 6));
    const before = position - 10;
    let nearest = Infinity;
    kept.forEach((other, place) => {
      if (place > before || place < position - capacity) return;
      nearest = Math.min(
        nearest,
        other.reduce((sum, coordinate, i) => sum + (coordinate - shape[i]!) ** 2, 0),
      );
    });
    assert.equal(memory.nearest(shape, before, Infinity), nearest);
    assert.equal(memory.nearest(shape, before, 0.5), Math.min(nearest, 0.5));
    memory.keep(shape, position);
    kept.push(shape);
  }
});

test('an empty memory knows nothing nearer', () => {
  assert.equal(new ShapeMemory(1, 4).nearest(new Float64Array(1), 0, 7), 7);
});
