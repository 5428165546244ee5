import { Stack } from 'aws-cdk-lib';
import { readSettings } from '../../lib/settings';
import { createStacks } from '../../lib/stacks';
import { testApp } from './hub-template';

const made = new Map<string, readonly Stack[]>();

/** Every stack of a deployment with these settings, given as `cdk.json` gives them; made once per test file. */
export function stacksOf(settings: object): readonly Stack[] {
  const key = JSON.stringify(settings);
  const stacks = made.get(key) ?? newStacks(settings);
  made.set(key, stacks);
  return stacks;
}

/** The one of {@link stacksOf} that is named so. */
export function stackOf(settings: object, name: string): Stack {
  const found = stacksOf(settings).find(({ stackName }) => stackName === name);
  if (!found) throw new Error(`There is no stack ${name}.`);
  return found;
}

function newStacks(settings: object): readonly Stack[] {
  const app = testApp();
  createStacks(app, readSettings({ trailmend: settings }));
  return app.node.children.filter((child): child is Stack => Stack.isStack(child));
}
