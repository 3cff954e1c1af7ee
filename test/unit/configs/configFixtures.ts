import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readLabelledFiles } from './secrets/labelledFiles.ts';
import { labelledFolder } from './secrets/measureDetection.ts';

const sampleFolder = path.resolve(import.meta.dirname, '../../../sample-workspace/config');

/** Every configuration file of the project: the labelled ones without their marks, and those of the sample workspace. */
export function readConfigFixtures(): { name: string; text: string }[] {
  const samples = readdirSync(sampleFolder).map((name) => ({
    name,
    text: readFileSync(path.join(sampleFolder, name), 'utf8'),
  }));
  return [...readLabelledFiles(labelledFolder), ...samples];
}
