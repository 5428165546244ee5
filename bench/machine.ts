import { cpus, loadavg, platform, totalmem } from 'node:os';

/** Where and when figures were measured: they compare only with others of the same machine. */
export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  /** Operating system and processor, such as `linux x64`. */
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core in the last minute, on average; above the number of cores all times are too long. */
  readonly load: number;
  /** ISO 8601, UTC. */
  readonly date: string;
};

/** The machine as it is now. */
export function machineNow(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${process.arch}`,
    node: process.version,
    load: Math.round(10 * (loadavg()[0] ?? 0)) / 10,
    date: new Date().toISOString(),
  };
}

/** The machine in one line. `after`: the same machine when all was measured. */
export function describeMachine({ cpu, cores, memoryGigabytes, system, node, load, date }: Machine, after: Machine) {
  const hardware = `${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${system}, Node ${node}`;
  return `${hardware}; load ${load} before and ${after.load} after; ${date.slice(0, 16).replace('T', ' ')} UTC`;
}
