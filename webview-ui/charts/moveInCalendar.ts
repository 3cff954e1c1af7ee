/**
 * Moves the focus among cells of which only one is a tab stop. `cells` in order, by their place; `steps` are how many
 * places lie between a cell and the ones below and to its right.
 */
export function moveInCalendar(
  event: KeyboardEvent,
  cells: ReadonlyMap<number, HTMLElement>,
  { down, right }: { down: number; right: number },
): void {
  const reachable = [...cells.keys()];
  const from = reachable.find((place) => cells.get(place) === event.target);
  const moves: Record<string, number> = {
    ArrowUp: -down,
    ArrowDown: down,
    ArrowLeft: -right,
    ArrowRight: right,
    Home: -Infinity,
    End: Infinity,
  };
  const step = Object.hasOwn(moves, event.key) ? moves[event.key]! : null;
  if (from === undefined || step === null) return;
  event.preventDefault();
  cells.get(from)!.tabIndex = -1;
  const cell = cells.get(nearest(reachable, from + step, Math.sign(step)))!;
  cell.tabIndex = 0;
  cell.focus();
}

/** The first cell at or beyond `wanted` in the direction of the step, else the last there is. */
function nearest(reachable: number[], wanted: number, direction: number): number {
  return direction > 0
    ? (reachable.find((place) => place >= wanted) ?? reachable.at(-1)!)
    : (reachable.findLast((place) => place <= wanted) ?? reachable[0]!);
}
