import type { Command } from 'commander';
import { UsageError } from './usage-error';

/**
 * Begins a group of options that mean something only with one of those named in `needed`. Without any of these each option of
 * the group that is given is misuse: ignoring it would answer something else than was asked.
 */
export function groupOnlyWith(command: Command, heading: string, ...needed: string[]): Command {
  return command.optionsGroup(heading).hook('preAction', () => {
    const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
    const stray = given.find(({ helpGroupHeading }) => helpGroupHeading === heading);
    if (stray !== undefined && !given.some(({ long }) => needed.includes(long ?? ''))) {
      const value = command.getOptionValue(stray.attributeName());
      const written = [stray.long, ...(value === true ? [] : [value].flat())].join(' ');
      const all = needed.join(' or ');
      throw new UsageError(`${written} means something with ${all} only: add ${all}, or leave it out.`);
    }
  });
}
