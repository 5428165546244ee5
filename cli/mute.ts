import { Command } from 'commander';
import type { MuteRecord, MuteStore } from '../lambda/incidents/mute-store';
import { shown } from '../lambda/texts/untrusted';
import type { Io } from './io';
import { type MuteOptions, type MuteRequest, requestOf } from './mute-request';
import { addTableOptions, type TableOptions } from './table-options';

/** The mutes of a deployment, and who asks; made only when a command needs them. */
export type OpenMutes = (place: TableOptions) => Promise<{ mutes: MuteStore; who: string }>;

/** `trailmend mute`: no notices of one incident for a while. What happens meanwhile is counted and shown in the daily digest. */
export function muteCommand(io: Io, open: OpenMutes, exit: (code: number) => void): Command {
  const command = new Command('mute')
    .description(
      'Send no notices of an incident for a while; what happens meanwhile is counted and shown in the daily digest.',
    )
    .argument('[incident]', 'key of the incident, as its notices name it')
    .option('--for <time>', 'how long: 30m, 8h or 7d, at most 7 days')
    .option('--reason <text>', 'why; shown with the incident')
    .option('--list', 'list the mutes that hold')
    .option('--end', 'end the mute of the incident');
  return addTableOptions(command)
    .addHelpText('after', '\nUses your AWS credentials. Exit code: 0 done, 1 not done, 2 misuse.')
    .action(async (incident: string | undefined, options: MuteOptions) => {
      const request = requestOf(incident, options);
      const { mutes, who } = await open(options);
      exit((await perform(request, mutes, who, io)) ? 0 : 1);
    });
}

async function perform(request: MuteRequest, mutes: MuteStore, who: string, io: Io): Promise<boolean> {
  const now = Date.now();
  switch (request.kind) {
    case 'list': {
      const held = await mutes.list(now);
      io.out(held.length === 0 ? 'Nothing is muted.\n' : held.map(lineOf).join(''));
      return true;
    }
    case 'end': {
      const { incident, reason } = request;
      const end = await mutes.end(incident, { by: who, reason, since: now });
      const done = end === 'ended' ? 'is not muted any more.' : 'was not muted; nothing has changed.';
      return tell(end !== null, `Incident ${incident} ${done}`, incident, io);
    }
    case 'begin': {
      const { incident, ms, reason } = request;
      const until = now + ms;
      const isKnown = await mutes.begin(incident, { until, by: who, reason, since: now });
      const done = `Incident ${incident} is muted until ${minuteOf(until)}. To end it: trailmend mute ${incident} --end`;
      return tell(isKnown, done, incident, io);
    }
  }
}

function tell(isKnown: boolean, done: string, incident: string, io: Io): boolean {
  if (isKnown) {
    io.out(`${done}\n`);
  } else {
    io.err(`trailmend: there is no incident ${incident} in this table; check the key, --table and --region.\n`);
  }
  return isKnown;
}

function lineOf({ incident, until, by, reason }: MuteRecord): string {
  return `${incident}  until ${minuteOf(until)}  ${shown(by)}: ${shown(reason)}\n`;
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
