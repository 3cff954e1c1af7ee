/** Lines of the generic record, one run a night, as a scheduler would write them. */
export function genericLog(job: string, outcomes: readonly ('completed' | 'failed')[], firstNight: Date): string {
  const lines = outcomes.map((status, night) =>
    JSON.stringify({
      backup_id: job,
      status,
      start_time: new Date(firstNight.getTime() + night * 86_400_000).toISOString(),
      duration_seconds: 600 + (night % 7),
      size_bytes: 5_000_000_000 + night * 1_000_000,
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** So many nights ago, at two o'clock UTC. */
export function nightsAgo(nights: number): Date {
  const day = new Date(Date.now() - nights * 86_400_000);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 2));
}
