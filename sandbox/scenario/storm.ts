import type { Journal } from '../journal';
import { createTrail, kim } from './organization-trail';
import type { Scene } from './scene';
import { stormDenials } from './storm-denials';

/**
 * A storm of `count` denials within a minute, as a rollout or a broken permission makes it: many principals, accounts,
 * actions and layers, one event in ten delivered twice, in any order. In its middle the delegated administrator runs into
 * the missing role, which must be mended and told while the storm is still on.
 */
export function stormScene(count: number): Scene {
  return {
    title: `A storm of ${count.toLocaleString('en')} denials in one minute`,
    play: async (sandbox) => {
      const denials = stormDenials(count - 1, sandbox.clock.now());
      const middle = Math.floor(denials.length / 2);
      for (const { event, cause } of denials.slice(0, middle)) sandbox.emit(event, true, cause);
      await createTrail(sandbox, kim, 'organization-trail');
      for (const { event, cause } of denials.slice(middle)) sandbox.emit(event, true, cause);
      await sandbox.settle();
      if (!wasToldMeanwhile(sandbox.journal)) {
        sandbox.journal.add({ kind: 'defect', text: 'The storm was over before anybody was told of the missing role' });
      }
    },
  };
}

/** Whether the notice about the missing role went out before nine tenths of the storm were handled. */
function wasToldMeanwhile({ entries }: Journal): boolean {
  const told = entries.findIndex(
    (entry) => entry.kind === 'notice' && entry.notice.attributes.case === 'missing-service-linked-role',
  );
  const handled = entries.slice(0, told).filter(({ kind }) => kind === 'audit').length;
  return told >= 0 && handled < 0.9 * entries.filter(({ kind }) => kind === 'audit').length;
}
