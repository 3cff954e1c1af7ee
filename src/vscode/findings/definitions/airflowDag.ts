import type { Definition } from './definition.ts';

const named = /\bDAG\(\s*(?:dag_id\s*=\s*)?(["'])([\w.-]+)\1|\bdag_id\s*=\s*(["'])([\w.-]+)\3/g;
const decorated = /^@dag\b[\s\S]*?^def\s+(\w+)/gm;

/**
 * The DAGs of a Python file that uses Airflow, by their ids. What stands between one and the next belongs to it.
 *
 * @example
 * airflowDag('with DAG("etl", schedule="@daily"):\n  pass').map(({ line, name }) => [line, name]) //=> [[0, 'etl']]
 */
export function airflowDag(text: string): Definition[] {
  if (!/\bairflow\b|\bDAG\(|@dag\b/.test(text)) return [];
  const found = [
    ...[...text.matchAll(named)].map((match) => ({ at: match.index, name: (match[2] ?? match[4])! })),
    ...[...text.matchAll(decorated)]
      .filter(([whole]) => !/\bdag_id\s*=/.test(whole))
      .map((match) => ({ at: match.index, name: match[1]! })),
  ].sort((a, b) => a.at - b.at);
  return found.map(({ at, name }, i) => {
    const start = i === 0 ? 0 : at;
    return { line: text.slice(0, at).split('\n').length - 1, name, text: text.slice(start, found[i + 1]?.at) };
  });
}
