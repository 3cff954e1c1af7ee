/** Directives whose arguments have no names: where among them, from 0, the password stands. */
const positions: Record<string, readonly number[]> = {
  sqlconnectinfo: [2],
  ldapbinddn: [1],
  com2sec: [2],
  rocommunity: [0],
  rwcommunity: [0],
  rocommunity6: [0],
  rwcommunity6: [0],
  createuser: [2, 4],
  trapsink: [1],
  trap2sink: [1],
  informsink: [1],
  trapcommunity: [0],
  monitor: [3],
  acme_dns: [1],
};

/**
 * Where the passwords stand among the arguments of a directive that only its manual explains.
 *
 * @example
 * passwordPositions('SQLConnectInfo') //=> [2]
 */
export function passwordPositions(directive: string): readonly number[] {
  return Object.hasOwn(positions, directive.toLowerCase()) ? positions[directive.toLowerCase()]! : [];
}
