/**
 * The processor time that work takes, in milliseconds: unlike the time of the clock, what else the machine does is not
 * in it, so that a hang is told from a busy machine.
 *
 * @example
 * cpuMs(() => 1 + 1) //=> 0.004
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
