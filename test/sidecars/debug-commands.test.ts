import { spawnSync } from 'child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DebugProfile, DebugSidecar } from '../../src';
import { app, bare, PLUS_WORKLOADS } from '../golden-cases/workloads';

const profile = DebugProfile.BASELINE;
const newChart = (namespace?: string) => new Chart(new App(), 'test', { disableResourceNameHashes: true, namespace });

/** Pastes a command into a POSIX shell where `kubectl` tells what it was given. */
function paste(command: string, pods = ['pod/looked-up-by:$*', 'pod/second']): { words: string[]; custom?: any } {
  const folder = mkdtempSync(join(tmpdir(), 'paste-'));
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, [
    '#!/bin/sh',
    'if [ "$1 $2" = "get pods" ]; then shift 2; ' + pods.map(pod => `echo "${pod}"; `).join('') + 'exit; fi',
    'for word in "$@"; do printf "%s\\n" "$word"; done',
    'for word in "$@"; do if [ "$word" = "--custom=/dev/fd/3" ]; then printf "CUSTOM "; cat /dev/fd/3; fi; done',
  ].join('\n'));
  chmodSync(kubectl, 0o755);
  try {
    const { stdout, stderr, status } = spawnSync('sh', ['-c', command], { env: { PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const [words, custom] = stdout.split('CUSTOM ');
    return { words: words.trimEnd().split('\n'), custom: custom && JSON.parse(custom) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a pod, by its name', () => {
  const { commands } = new DebugSidecar(bare(newChart()), 'shell', { profile });
  expect(paste(commands.attach!).words).toEqual(['attach', '-it', 'web', '-c', 'shell']);
  expect(paste(commands.exec).words).toEqual(['exec', '-it', 'web', '-c', 'shell', '--', 'sh']);
  expect(paste(commands.ephemeral).words).toEqual(['debug', '-it', 'web', '--image=busybox:1.37.0', '--profile=baseline', '--target=app']);
});

test('in a namespace, with another name', () => {
  const { commands } = new DebugSidecar(PLUS_WORKLOADS.Deployment(newChart('team-a')), 'x', { profile, name: 'shell' });
  expect(paste(commands.attach!).words).toEqual(['attach', '-it', '-n', 'team-a', 'deployment/test-web', '-c', 'shell']);
  expect(paste(commands.ephemeral).words.slice(0, 5)).toEqual(['debug', '-it', '-n', 'team-a',
    expect.stringMatching(/^pod\/looked-up-by:-n team-a --field-selector=status.phase=Running -o name -l cdk8s.io\/metadata.addr=test-web-[0-9a-f]+$/)]);
});

test.each([['Deployment', 'deployment/'], ['StatefulSet', 'statefulset/'], ['DaemonSet', 'daemonset/'], ['Job', 'job/']])('a %s, by its type', (kind, prefix) => {
  const chart = newChart();
  const { commands } = new DebugSidecar(PLUS_WORKLOADS[kind](chart), 'shell', { profile });
  const { metadata: { name } } = Testing.synth(chart).find(object => object.kind === kind);
  expect(paste(commands.exec).words).toEqual(['exec', '-it', `${prefix}${name}`, '-c', 'shell', '--', 'sh']);
});

test('a Job, for kubectl debug: by the label that its controller sets', () => {
  const { commands } = new DebugSidecar(bare(newChart(), 'Job'), 'shell', { profile });
  expect(paste(commands.ephemeral).words[2]).toBe('pod/looked-up-by:--field-selector=status.phase=Running -o name -l job-name=web');
});

test('a CronJob, which kubectl cannot attach to: its pods by label', () => {
  const { commands } = new DebugSidecar(bare(newChart(), 'CronJob'), 'shell', { profile });
  const pod = 'pod/looked-up-by:--field-selector=status.phase=Running -o name -l app=web';
  expect(paste(commands.attach!).words).toEqual(['attach', '-it', pod, '-c', 'shell']);
  expect(paste(commands.exec).words).toEqual(['exec', '-it', pod, '-c', 'shell', '--', 'sh']);
});

test('a CronJob without labels: its pods by their names', () => {
  const chart = newChart();
  const cronJob = new ApiObject(chart, 'web', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'web' },
    spec: { schedule: '@daily', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'a' }] } } } } },
  });
  const { commands } = new DebugSidecar(cronJob, 'shell', { profile });
  expect(commands.exec).toBe("kubectl exec -it \"$(kubectl get pods --field-selector=status.phase=Running -o name | grep '^pod/web-[0-9]\\{8,\\}-' | head -n 1)\" -c shell -- sh");
});

test('a CronJob without labels: no pod of another workload, whose name is alike', () => {
  const { commands } = new DebugSidecar(bare(newChart(), 'CronJob', undefined, { name: 'a.b', labels: {} }), 'shell', { profile });
  const pods = ['pod/a.b-0', 'pod/a.b-1', 'pod/aXb-29387400-x7x2k', 'pod/a.b-5d5f6c7b8-abcde', 'pod/a.b-29387400-x7x2k'];
  expect(paste(commands.exec, pods).words).toEqual(['exec', '-it', 'pod/a.b-29387400-x7x2k', '-c', 'shell', '--', 'sh']);
});

describe('a name that only the API server knows (generateName)', () => {
  const generated = { name: undefined, generateName: 'web-', labels: { app: 'web' } };
  test.each(['Pod', 'Job', 'Deployment', 'CronJob'])('%s: its pods by their labels', kind => {
    const { commands } = new DebugSidecar(bare(newChart(), kind, undefined, generated), 'shell', { profile });
    const pod = 'pod/looked-up-by:--field-selector=status.phase=Running -o name -l app=web';
    expect(paste(commands.attach!).words).toEqual(['attach', '-it', pod, '-c', 'shell']);
    expect(paste(commands.ephemeral).words[2]).toBe(pod);
  });

  test.each(['Pod', 'Job', 'CronJob'])('%s without labels: an error that says so', kind => {
    const sidecar = new DebugSidecar(bare(newChart(), kind, undefined, { ...generated, labels: {} }), 'shell', { profile });
    expect(() => sidecar.commands).toThrow(`test/web/shell: the pods of ${kind} web- have no label by which kubectl could find them. Add a label`);
  });
});

test.each(['StatefulSet', 'Job', 'Pod'])('a custom resource of kind %s is not the one that kubectl knows', kind => {
  const chart = newChart();
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'a' }] } };
  const custom = new ApiObject(chart, 'web', { apiVersion: 'apps.example.com/v1', kind, spec: { template } });
  const { commands } = new DebugSidecar(custom, 'shell', { profile, podSpecPath: '/spec/template/spec' });
  const pod = 'pod/looked-up-by:--field-selector=status.phase=Running -o name -l app=web';
  expect(paste(commands.exec).words).toEqual(['exec', '-it', pod, '-c', 'shell', '--', 'sh']);
  expect(paste(commands.ephemeral).words[2]).toBe(pod);
});

test('a kind named like a member of every object', () => {
  const custom = new ApiObject(newChart(), 'web', { apiVersion: 'example.com/v1', kind: 'constructor', spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'app' }] } } } });
  const { commands } = new DebugSidecar(custom, 'shell', { profile, podSpecPath: '/spec/template/spec' });
  expect(paste(commands.exec).words[2]).toBe('pod/looked-up-by:--field-selector=status.phase=Running -o name -l a=b');
});

test('labels that are no text, and an empty namespace, are left out', () => {
  const labels = { 'app': '', 'example.com/part': 'web', 'one': 1, 'list': [], 'none': null };
  const { commands } = new DebugSidecar(bare(newChart('team-a'), 'Deployment', undefined, { name: 'web', namespace: '', labels }), 'shell', { profile });
  expect(paste(commands.exec).words).toEqual(['exec', '-it', 'deployment/web', '-c', 'shell', '--', 'sh']);
  expect(paste(commands.ephemeral).words[2]).toBe('pod/looked-up-by:--field-selector=status.phase=Running -o name -l app=,example.com/part=web');
});

test('a custom resource without labels: an error that says so', () => {
  const rollout = new ApiObject(newChart(), 'web', { apiVersion: 'example.com/v1', kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'app' }] } } } });
  const sidecar = new DebugSidecar(rollout, 'shell', { profile, podSpecPath: '/spec/template/spec' });
  expect(() => sidecar.commands).toThrow(/^test\/web\/shell: the pods of Rollout test-web have no label .* Add a label to the pod template\.$/);
});

describe('ephemeralCommand', () => {
  test('adds nothing to the workload', () => {
    const chart = newChart();
    const pod = PLUS_WORKLOADS.Pod(chart);
    const before = JSON.stringify(Testing.synth(chart));
    expect(paste(DebugSidecar.ephemeralCommand(pod, { profile })).words).toContain('--target=app');
    expect(JSON.stringify(Testing.synth(chart))).toBe(before);
  });

  test('RESTRICTED: a user by number, in a here-document', () => {
    const pod = new kplus.Pod(newChart(), 'web', { containers: [{ ...app, securityContext: { user: 1000, group: 3000 } }] });
    const { words, custom } = paste(DebugSidecar.ephemeralCommand(pod, { profile: DebugProfile.RESTRICTED }));
    expect(words).toEqual(expect.arrayContaining(['--profile=restricted', '--custom=/dev/fd/3']));
    expect(custom).toEqual({ securityContext: { runAsUser: 1000, runAsGroup: 3000 } });
  });

  test('GENERAL in a pod that says runAsNonRoot: true', () => {
    const { words, custom } = paste(DebugSidecar.ephemeralCommand(PLUS_WORKLOADS.Pod(newChart()), { profile: DebugProfile.GENERAL }));
    expect(words).toContain('--profile=general');
    expect(custom).toEqual({ securityContext: { runAsNonRoot: false } });
  });

  test('a custom profile is exactly what it says', () => {
    const { words, custom } = paste(DebugSidecar.ephemeralCommand(bare(newChart()), { profile: DebugProfile.custom({ addCapabilities: ['KILL'] }) }));
    expect(words).toContain('--profile=baseline');
    expect(custom.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { add: ['KILL'], drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('nor by the history of an interactive one, which looks for ! in here-documents', () => {
    const command = DebugSidecar.ephemeralCommand(bare(newChart()), { profile, env: { A: 'b!c' } });
    expect(command).not.toContain('!');
    expect(paste(command).custom).toEqual({ env: [{ name: 'A', value: 'b!c' }] });
  });

  test('nothing of the user is read by the shell', () => {
    const nasty = "a'b\"c $(touch /tmp/x) `id` \\ \nEOF\n";
    const { words, custom } = paste(DebugSidecar.ephemeralCommand(bare(newChart()), {
      profile, image: 'x;y', env: { NASTY: nasty }, command: ['sh', '-c', "echo 'a b'; $HOME"],
    }));
    expect(words).toContain('--image=x;y');
    expect(words.slice(-4)).toEqual(['--', 'sh', '-c', "echo 'a b'; $HOME"]);
    expect(custom).toEqual({ env: [{ name: 'NASTY', value: nasty }] });
  });

  test.each([
    [{ target: 'nope' }, "test/web: target 'nope' is no container of the pod. It has 'app'."],
  ])('refuses %j', (props, message) => {
    expect(() => DebugSidecar.ephemeralCommand(bare(newChart()), { profile, ...props })).toThrow(message);
  });

  test('refuses a container that would never start, as a sidecar does', () => {
    expect(() => DebugSidecar.ephemeralCommand(PLUS_WORKLOADS.Pod(newChart()), { profile: DebugProfile.custom({}) }))
      .toThrow('test/web: the container would run as root while runAsNonRoot is true, so the kubelet would never start it. ');
  });

  test('an empty pod', () => {
    expect(() => DebugSidecar.ephemeralCommand(bare(newChart(), 'Pod', { containers: [] }), { profile })).toThrow('test/web: the pod has no container to look at');
  });
});
