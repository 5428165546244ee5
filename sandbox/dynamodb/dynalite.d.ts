declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Creates a DynamoDB in memory. `createTableMs`: how long a table stays in state CREATING. */
  function dynalite(options: { createTableMs: number }): Server;
  export = dynalite;
}
