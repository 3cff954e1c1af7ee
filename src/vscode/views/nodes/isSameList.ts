/** Whether two lists have the same nodes, as objects, in the same order. */
export function isSameList(some: readonly object[], others: readonly object[]): boolean {
  return some.length === others.length && some.every((node, at) => node === others[at]);
}
