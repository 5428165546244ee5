import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aws, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ForwarderStack } from './forwarder-stack';
import { hubBusArn } from './hub-bus';

/** Stands in the template for the account of the hub, which only the deployment of the stack around it knows. */
const HUB_ACCOUNT = '000000000000';

/** What makes a template depend on who synthesizes it: the CDK's command line adds the paths of constructs. */
const SAME_FOR_EVERYBODY = { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': false };

/**
 * The forwarder's template as text, the same for every account and Region of an organization. In it `AWS::AccountId` is the
 * member's; the hub's account is put in when the stack that has this text in it is deployed.
 */
export function memberTemplate(scope: Construct, homeRegion: string, hubAccount: string): string {
  const parts = synthesizedText(scope, homeRegion).split(HUB_ACCOUNT);
  return Fn.join(
    '',
    parts.flatMap((part, index) => (index === 0 ? [part] : [hubAccount, part])),
  );
}

/** Synthesizes in an app of its own, with the flags of the app around it. */
function synthesizedText(scope: Construct, homeRegion: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'trailmend-members-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      postCliContext: { ...scope.node.getAllContext(), ...SAME_FOR_EVERYBODY },
    });
    const stack = new ForwarderStack(app, 'Member', { hubBusArn: hubBusArn(Aws.PARTITION, homeRegion, HUB_ACCOUNT) });
    return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
