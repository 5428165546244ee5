import type { Place } from '../organization/place';
import type { Location, Template } from './template';

/** A stack that is deployed, and what it tells of itself. */
export type DeployedStack = {
  readonly at: Location;
  readonly id: string;
  readonly description: string;
  readonly outputs: Readonly<Record<string, string>>;
  status: string;
};

/** A stack set, with a stack in each account and Region. */
export type StackSet = {
  readonly name: string;
  readonly id: string;
  readonly at: Location;
  readonly template: Template;
  readonly organizationalUnits: readonly string[];
  readonly regions: readonly string[];
  readonly isAutomatic: boolean;
  readonly instances: StackInstance[];
};

/** A stack of a stack set, and how CloudFormation thinks of it. */
export type StackInstance = {
  readonly place: Place;
  readonly stack: DeployedStack;
  status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
};
