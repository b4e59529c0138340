import { GoldenCase } from './golden-case';
import { app, bare, PLUS_33_WORKLOADS, PLUS_WORKLOADS } from './workloads';
import { SharedPid, SharedPidPod } from '../../src';

const onPlus: GoldenCase[] = Object.entries(PLUS_WORKLOADS).map(([kind, create]) => ({
  name: `shared-pid-plus-28-${kind.toLowerCase()}`,
  title: `SharedPid.enable on a ${kind} of cdk8s-plus-28: one field more.`,
  build: chart => SharedPid.enable(create(chart)),
}));

export const cases: GoldenCase[] = [
  {
    name: 'shared-pid-pod-defaults',
    title: 'SharedPidPod: a cdk8s-plus-28 Pod with one field more.',
    build: chart => new SharedPidPod(chart, 'web', { containers: [app] }),
  },
  ...onPlus,
  {
    name: 'shared-pid-plus-33-deployment',
    title: 'SharedPid.enable on a Deployment of cdk8s-plus-33, which would say false.',
    build: chart => SharedPid.enable(PLUS_33_WORKLOADS.Deployment(chart)),
  },
  {
    name: 'shared-pid-bare-pod',
    title: 'SharedPid.enable on a plain ApiObject.',
    build: chart => SharedPid.enable(bare(chart)),
  },
];
