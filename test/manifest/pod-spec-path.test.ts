import { podMetadataPath, podSpecPath, valueAt } from '../../src/manifest/pod-spec-path';

test.each([
  ['v1', 'Pod', '/spec'],
  ['v1', 'PodTemplate', '/template/spec'],
  ['v1', 'ReplicationController', '/spec/template/spec'],
  ['apps/v1', 'Deployment', '/spec/template/spec'],
  ['apps/v1', 'StatefulSet', '/spec/template/spec'],
  ['apps/v1', 'DaemonSet', '/spec/template/spec'],
  ['apps/v1', 'ReplicaSet', '/spec/template/spec'],
  ['batch/v1', 'Job', '/spec/template/spec'],
  ['batch/v1beta1', 'CronJob', '/spec/jobTemplate/spec/template/spec'],
])('%s %s has its pod spec at %s', (apiVersion, kind, path) => {
  expect(podSpecPath(apiVersion, kind)).toBe(path);
});

test.each([
  ['v1', 'Service'],
  ['serving.knative.dev/v1', 'Pod'], // another group's kind of the same name
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['v1', 'constructor'],
  ['__proto__', 'toString'],
  [undefined, 'Pod'],
  ['v1', 7],
])('%p %p is no workload that we know', (apiVersion, kind) => {
  expect(podSpecPath(apiVersion, kind)).toBeUndefined();
});

test('the metadata of a pod is beside its spec', () => {
  expect(['/spec', '/spec/template/spec', '/spec/jobTemplate/spec/template/spec', '/spec/pod~1s/spec'].map(podMetadataPath))
    .toEqual(['/metadata', '/spec/template/metadata', '/spec/jobTemplate/spec/template/metadata', '/spec/pod~1s/metadata']);
  expect(['/spec/pod', '/spec/podspec', '/a~1spec'].map(podMetadataPath)).toEqual([undefined, undefined, undefined]);
});

test('a pointer reads own properties only', () => {
  expect(valueAt({ a: { 'b/c': [1, { d: 2 }] } }, '/a/b~1c/1/d')).toBe(2);
  expect(valueAt({ a: 1 }, '')).toEqual({ a: 1 });
  expect(valueAt({ a: 1 }, '/a/b')).toBeUndefined();
  expect(valueAt({}, '/constructor/name')).toBeUndefined();
  expect(valueAt(null, '/a')).toBeUndefined();
});
