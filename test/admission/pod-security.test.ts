import { readFileSync } from 'fs';
import { join } from 'path';
import { randomPod } from './random-pod';
import { controlNames, formatRecorded, podsToRecord, readRecorded, recordedText, verdictOf } from './recorded-verdicts';
import { placesIn, withWrongTypes } from './wrong-types';
import { CONTROLS } from '../../src/admission/controls';
import { podSecurity } from '../../src/admission/pod-security';
import { PodSecurityLevel } from '../../src/admission/pod-security-level';
import { JsonObject } from '../../src/manifest/pod-spec';
import { Random } from '../random';

const root = join(__dirname, '..', '..');
const recorded = readRecorded(root);
const judged = podsToRecord().map(({ pod }) => podSecurity(pod.spec, pod.metadata));

describe('the real policy code says the same, word for word', () => {
  test.each(recorded.pods.map((pod, i) => [`${i} ${pod.title}`, pod] as const))('%s', (_, { pod, level, baseline, restricted }) => {
    expect(verdictOf(podSecurity(pod.spec, pod.metadata))).toEqual({ level, baseline, restricted });
  });
});

describe('the recorded verdicts', () => {
  test('are of the pods of now, one a line', () => {
    expect(recorded.pods.map(({ title, pod }) => ({ title, pod }))).toEqual(podsToRecord());
    expect(recordedText(root)).toBe(formatRecorded(recorded));
  });

  test('are of the release that the oracle is pinned to', () => {
    expect(recorded.kubernetes).toBe(/^\s*k8s\.io\/kubernetes v(\S+)/m.exec(readFileSync(join(root, 'oracle', 'go.mod'), 'utf8'))![1]);
  });

  test('are of the controls that we have', () => {
    expect(controlNames()).toEqual(recorded.controls);
  });

  test('are of all levels', () => {
    for (const level of Object.values(PodSecurityLevel)) expect(recorded.pods.filter(pod => pod.level === level).length).toBeGreaterThan(30);
  });

  test.each(CONTROLS.map(({ id }) => id))('hold pods that %s alone forbids, and pods that it does not', id => {
    const forbidding = judged.map(({ baselineViolations, restrictedViolations }) => [baselineViolations, restrictedViolations]
      .map(violations => violations.map(({ control }) => control)));
    expect(forbidding.filter(levels => levels.some(controls => controls.length === 1 && controls[0] === id)).length).toBeGreaterThan(0);
    expect(forbidding.filter(levels => levels.every(controls => !controls.includes(id))).length).toBeGreaterThan(0);
  });
});

describe('a violation', () => {
  test('names the containers that its detail names, in that order', () => {
    const violations = judged.flatMap(({ baselineViolations, restrictedViolations }) => [...baselineViolations, ...restrictedViolations]);
    expect(violations.length).toBeGreaterThan(500);
    for (const { control, detail, containers } of violations) {
      const named = containers.map(name => `"${name}"`).join(', ');
      if (control === 'capabilities_restricted') for (const name of containers) expect(detail).toContain(`"${name}"`);
      else if (containers.length > 0) expect(detail).toContain(`${containers.length > 1 ? 'containers' : 'container'} ${named}`);
      else expect(detail).not.toMatch(/^(pod (or|and) )?containers? "/);
    }
  });

  test('of capabilities names each offender once', () => {
    const spec = { containers: [{ name: 'a' }, { name: 'b', securityContext: { capabilities: { drop: ['ALL'], add: ['KILL'] } } }, { name: 'c', securityContext: { capabilities: { add: ['KILL'] } } }] };
    expect(podSecurity(spec).violations.find(({ control }) => control === 'capabilities_restricted')).toEqual({
      control: 'capabilities_restricted',
      level: 'restricted',
      reason: 'unrestricted capabilities',
      detail: 'containers "a", "c" must set securityContext.capabilities.drop=["ALL"]; containers "b", "c" must not include "KILL" in securityContext.capabilities.add',
      containers: ['a', 'b', 'c'],
    });
  });

  test('is of the next tighter level, and has the level that its control belongs to', () => {
    for (const { level, violations, baselineViolations, restrictedViolations } of judged) {
      expect(violations).toEqual(level === 'restricted' ? [] : level === 'baseline' ? restrictedViolations : baselineViolations);
      for (const violation of restrictedViolations) expect(violation.level).toBe(CONTROLS.find(({ id }) => id === violation.control)!.level);
      expect(baselineViolations.filter(violation => violation.level !== 'baseline')).toEqual([]);
    }
  });
});

const hardened = (): JsonObject => ({
  hostUsers: true,
  os: { name: 'linux' },
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' }, sysctls: [{ name: 'net.ipv4.tcp_rmem' }] },
  volumes: [{ name: 'tmp', emptyDir: {} }],
  initContainers: [{ name: 'init', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] }, privileged: false } }],
  containers: [{
    name: 'app',
    ports: [{ hostPort: 0 }],
    livenessProbe: { httpGet: { host: '' } },
    lifecycle: { preStop: { tcpSocket: { host: '' } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      appArmorProfile: { type: 'Localhost' },
      capabilities: { drop: ['ALL'] },
      procMount: 'Default',
      runAsUser: 1000,
      seLinuxOptions: { type: 'container_t', user: '', role: '' },
      windowsOptions: { hostProcess: false },
    },
  }],
});
const metadata = (): JsonObject => ({ annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default' } });

describe('a value of the wrong type, which the server refuses', () => {
  test('is none in the pod that the next tests spoil', () => {
    expect(podSecurity(hardened(), metadata())).toEqual({ level: 'restricted', violations: [], baselineViolations: [], restrictedViolations: [] });
  });

  // no field has one of these types
  test.each([[Symbol('no JSON')], [() => true], [10n], [NaN], [Infinity]])('never meets a level above privileged: %p', value => {
    const count = placesIn({ spec: hardened(), metadata: metadata() }).length;
    expect(count).toBeGreaterThan(45);
    for (let i = 0; i < count; i++) {
      const pod: JsonObject = { spec: hardened(), metadata: metadata() };
      const [parent, key] = placesIn(pod)[i];
      parent[key] = value;
      const report = podSecurity(pod.spec, pod.metadata);
      expect([key, report.level, report.violations[0].control]).toEqual([key, 'privileged', 'decoding']);
    }
  });

  test('is told with its place, and with the other violations', () => {
    const spec = { hostPID: true, containers: [{ name: 'app', securityContext: { privileged: 'yes', capabilities: { add: ['KILL', 1] } }, ports: [{ hostPort: '80' }] }] };
    const { level, violations } = podSecurity(spec, { annotations: { a: 1 } });
    expect(level).toBe('privileged');
    expect(violations.map(({ control }) => control)).toEqual(['decoding', 'capabilities_baseline', 'hostNamespaces']);
    expect(violations[0]).toEqual({
      control: 'decoding',
      level: 'baseline',
      reason: 'the API server cannot decode the pod',
      detail: 'spec.containers[0].securityContext.privileged is no boolean, spec.containers[0].securityContext.capabilities.add[1] is no string, '
        + 'spec.containers[0].ports[0].hostPort is no int32, metadata.annotations[...] is no string',
      containers: [],
    });
  });

  test('is told a few times only', () => {
    const { violations } = podSecurity({ containers: Array.from({ length: 1000 }, () => 5) });
    expect(violations[0].detail).toMatch(/^spec\.containers\[0\] is no object, (.*, ){4}995 more$/);
  });

  test.each([undefined, null, 'text', 5, [], true])('as a whole spec: %p', spec => {
    const { level, violations, restrictedViolations } = podSecurity(spec);
    expect([level, violations.length, restrictedViolations[0].control]).toEqual(['privileged', 1, 'decoding']);
    expect(violations[0].detail).toBe(spec === undefined || spec === null ? 'spec is missing' : 'spec is no object');
  });

  test.each([['text'], [5], [[]]])('as metadata: %p', value => {
    expect(podSecurity(hardened(), value).violations.map(({ detail }) => detail)).toEqual(['metadata is no object']);
  });
});

test('nothing that is thrown at it makes it throw, nor changes what was given', () => {
  const random = new Random(3);
  for (let i = 0; i < 2000; i++) {
    const pod = withWrongTypes(random, randomPod(random));
    const before = JSON.stringify(pod);
    expect(Object.values(PodSecurityLevel)).toContain(podSecurity(pod.spec, pod.metadata).level);
    expect(JSON.stringify(pod)).toBe(before);
  }
});

test('a field that is inherited is not written, so it is not seen', () => {
  const inherited = (value: JsonObject): JsonObject => Object.create(value);
  const spec = { ...hardened(), securityContext: inherited({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }) };
  expect(podSecurity(spec).violations.map(({ control }) => control)).toEqual(['runAsNonRoot', 'seccompProfile_restricted']);
  expect(podSecurity({ ...hardened(), ...JSON.parse('{"__proto__": {"hostPID": true}}') }).level).toBe('restricted');
});

test('a volume of a kind that we do not know keeps the pod from restricted, not from baseline', () => {
  const { level, violations } = podSecurity({ ...hardened(), volumes: [{ name: 'new', newSource: {} }] });
  expect([level, violations.map(({ detail }) => detail)]).toEqual(['baseline', ['volume "new" uses restricted volume type "unknown"']]);
});

test('deep and large manifests are no problem', () => {
  let deep: JsonObject = {};
  for (let i = 0; i < 100_000; i++) deep = { securityContext: deep };
  expect(podSecurity({ ...hardened(), ...deep }).level).toBe('baseline');
  const containers = Array.from({ length: 20_000 }, (_, i) => ({ name: `c${i}`, livenessProbe: { httpGet: { host: `h${i}` } } }));
  expect(podSecurity({ containers }).violations[0].containers).toHaveLength(20_000);
});
