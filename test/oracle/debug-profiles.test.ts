import { readFileSync } from 'fs';
import { join } from 'path';

// What oracle/debug-profiles recorded of the real `kubectl debug`. Here: what the rows teach, so that a new kubectl that
// behaves otherwise is noticed; who mirrors the profiles compares with the rows themselves.
interface Row {
  readonly profile: string;
  readonly style: string;
  readonly target: string;
  readonly custom?: any;
  readonly error?: string;
  readonly said?: string[];
  readonly container?: any;
  readonly pod?: any;
}
const root = join(__dirname, '..', '..');
const rows: { readonly source: string; readonly profiles: Row[]; readonly custom: Row[] } =
  JSON.parse(readFileSync(join(root, 'test', 'data', 'debug-profiles.json'), 'utf8'));
const customized = (profile: string, custom: unknown): Row =>
  rows.custom.find(row => row.profile === profile && JSON.stringify(row.custom) === JSON.stringify(custom))!;

test('the rows are of the kubectl that go.mod pins', () => {
  const pinned = /^\s*(k8s\.io\/kubectl v\S+)/m.exec(readFileSync(join(root, 'oracle', 'go.mod'), 'utf8'))![1];
  expect(rows.source).toBe(pinned);
});

test('there is a row for each profile, style and target pod', () => {
  expect(new Set(rows.profiles.map(({ profile, style, target }) => `${profile} ${style} ${target}`)).size).toBe(6 * 2 * 3);
});

test('a profile writes the same securityContext, whatever the style and the pod', () => {
  for (const row of rows.profiles) {
    const [first] = rows.profiles.filter(({ profile }) => profile === row.profile);
    expect(row.container.securityContext).toEqual(first.container.securityContext);
  }
});

test('a copy shares its process namespace only where the pod says nothing, an ephemeral container changes nothing of the pod', () => {
  for (const { profile, style, target, pod } of rows.profiles) {
    const before = target === 'share-false' ? false : null;
    expect(pod.shareProcessNamespace).toBe(style === 'copy' && profile !== 'legacy' ? before ?? true : before);
  }
});

test('kubectl warns where a profile grants something that a non-root user does not get', () => {
  const warned = rows.profiles.filter(({ said }) => said?.some(line => line.includes('some capabilities granted by debug profile may not work')));
  expect(new Set(warned.map(({ profile, target }) => `${profile} ${target}`))).toEqual(new Set(['general restricted', 'netadmin restricted', 'sysadmin restricted']));
});

describe('--custom', () => {
  test.each(['name', 'image', 'command', 'lifecycle', 'volumeDevices'])('refuses %s', field => {
    const row = rows.custom.find(({ custom }) => custom?.[field] !== undefined)!;
    expect(row.error).toBe('name, command, image, lifecycle and volume devices are not modifiable via custom profile');
  });

  test.each(['env', 'envFrom', 'volumeMounts', 'args', 'workingDir', 'imagePullPolicy', 'stdin', 'resources', 'ports', 'livenessProbe'])('passes %s on', field => {
    const { custom, container } = rows.custom.find(row => row.custom?.[field] !== undefined)!;
    expect(container[field]).toEqual(custom[field]);
  });

  test('adds a user to what the profile writes', () => {
    expect(customized('restricted', { securityContext: { runAsUser: 1000, runAsGroup: 1000 } }).container.securityContext).toEqual({
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(customized('general', { securityContext: { runAsNonRoot: false } }).container.securityContext).toEqual({
      capabilities: { add: ['SYS_PTRACE'] }, runAsNonRoot: false,
    });
  });

  test('puts a list of capabilities in the place of the profile\'s', () => {
    expect(customized('general', { securityContext: { capabilities: { add: ['KILL'] } } }).container.securityContext.capabilities).toEqual({ add: ['KILL'] });
    expect(customized('general', { securityContext: { capabilities: { drop: ['ALL'] } } }).container.securityContext.capabilities)
      .toEqual({ add: ['SYS_PTRACE'], drop: ['ALL'] });
  });

  test('cannot take a field of the profile back: null and an empty list change nothing', () => {
    for (const securityContext of [null, { capabilities: null }, { capabilities: { add: [] } }]) {
      expect(customized('general', { securityContext }).container.securityContext).toEqual({ capabilities: { add: ['SYS_PTRACE'] } });
    }
  });

  test('says nothing to a field that it does not know', () => {
    const row = customized('general', { securityContext: { runAsUsr: 1000 } });
    expect(row.error).toBeUndefined();
    expect(row.said).toBeUndefined();
    expect(row.container.securityContext).toEqual({ capabilities: { add: ['SYS_PTRACE'] } });
  });
});
