import { hostname, userInfo } from 'node:os';
import type { OpenMutes } from './mute';
import { openTable } from './open-table';

/** Opens the mutes of the deployment that the caller's AWS configuration leads to. */
export const openMutes: OpenMutes = async (options) => {
  const { MuteStore } = await import('../lambda/incidents/mute-store');
  const { table, accessKeyId } = await openTable(options);
  return { mutes: new MuteStore(table), who: `${userInfo().username}@${hostname()} (${accessKeyId})` };
};
