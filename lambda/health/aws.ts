import { type Clients, lazyClients } from './aws/clients';
import { queueEdges, topicEdges } from './aws/delivery';
import { ruleEdges, trailEdges } from './aws/listening';
import { organizationEdges } from './aws/organization';
import { stackEdges } from './aws/stacks';
import type { HealthEdges } from './edges';

/**
 * What checks ask of AWS, with one client per service and Region, made by `make` when it is first needed. It sends no
 * command but reads; a test proves that.
 * @param region for what is global
 */
export function healthEdges(make: Clients, region: string): HealthEdges {
  const clients = lazyClients(make);
  return {
    ...organizationEdges(clients, region),
    ...trailEdges(clients),
    ...ruleEdges(clients),
    ...stackEdges(clients),
    ...topicEdges(clients),
    ...queueEdges(clients),
  };
}
