/** How one layer of the tests ended. */
export interface LayerResult {
  passed: number;
  failed: number;
}
