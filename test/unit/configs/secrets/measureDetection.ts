import path from 'node:path';
import { detectFormat } from '../../../../src/configs/formats/detectFormat.ts';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import { findSecrets } from '../../../../src/configs/secrets/findSecrets.ts';
import type { SecretRange } from '../../../../src/configs/secrets/secretRange.ts';
import type { LabelledFile } from './labelledFiles.ts';

/** Where the labelled configurations are. */
export const labelledFolder = path.resolve(import.meta.dirname, '../../../fixtures/secrets');

/** How well the rules find the secrets of some files. */
export interface DetectionFigures {
  secrets: number;
  /** Secrets no unit of which stays in the template. */
  found: number;
  safe: number;
  /** Safe values that were cut, in part or as a whole. */
  masked: number;
  /** A line for each miss and each false mask: file, line number and key, never a value. */
  faults: string[];
}

/** Compares what findSecrets cuts with the labels. */
export function measureDetection(files: readonly LabelledFile[]): DetectionFigures {
  const figures: DetectionFigures = { secrets: 0, found: 0, safe: 0, masked: 0, faults: [] };
  for (const { name, text, secrets } of files) {
    const found = findValues(text, detectFormat(name, text));
    const ranges = findSecrets(text, found, { sensitiveKeys: [], safeKeys: [] });
    const fault = (kind: string, at: number, reason = '') =>
      figures.faults.push(`${kind} ${name}:${text.slice(0, at).split('\n').length} ${reason}`.trimEnd());

    for (const secret of secrets) {
      figures.secrets++;
      if (isCovered(secret, ranges)) figures.found++;
      else fault('missed', secret.start);
    }
    const isSecret = (range: { start: number; end: number }) =>
      secrets.some((secret) => secret.start < range.end && range.start < secret.end);
    figures.safe += found.values.filter((value) => value.end > value.start && !isSecret(value)).length;
    for (const range of ranges) {
      if (isSecret(range)) continue;
      figures.masked++;
      fault('masked', range.start, range.reason);
    }
  }
  return figures;
}

function isCovered(secret: { start: number; end: number }, ranges: readonly SecretRange[]): boolean {
  return ranges.some((range) => range.start <= secret.start && secret.end <= range.end);
}
