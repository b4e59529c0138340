import { fixtures } from './fixtures';
import { evaluate } from '../../src/safeguards/evaluate';
import { INTENT_PREFIX } from '../../src/safeguards/intent';
import { SAFEGUARDS } from '../../src/safeguards/registry';

// No finding holds the value of a variable, the text of an argument, or what is in a file.
const CANARY = 'c4n4ry-hunter2';

/** What findings may name: these are identifiers, not contents. */
const NAMES = new Set(['name', 'kind', 'apiVersion', 'namespace', 'image', 'mountPath', 'secretName', 'secretProviderClass']);

/** Puts the canary into every text of a manifest that is no name: beside what is there, so that rules still find what they look for. */
function poison(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return NAMES.has(key) ? value : `${value} ${CANARY}`;
  if (Array.isArray(value)) return value.map(item => poison(item, key));
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).map(([field, item]) => [field, field.startsWith(INTENT_PREFIX) ? item : poison(item, field)]);
    const copy = Object.fromEntries(fields);
    return { ...copy, [`x${CANARY}`]: CANARY };
  }
  return value;
}

const everywhere = (place: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    labels: { app: CANARY },
    annotations: { 'note': CANARY, 'acknowledge.cdk8s-shared-pid/no-host-pid': '', [`${INTENT_PREFIX}app`]: CANARY, [`${INTENT_PREFIX}debug`]: `{"access": ["${CANARY}"]}` },
  },
  spec: {
    shareProcessNamespace: true,
    initContainers: [{ name: 'init', image: 'busybox', ...place }],
    containers: [{ name: 'app', image: 'busybox', ...place }, { name: 'debug', image: 'busybox', ...place, securityContext: { runAsUser: 0 } }],
    ephemeralContainers: [{ name: 'look', image: 'busybox', ...place }],
    volumes: [{ name: 'scripts', configMap: { name: 'scripts' } }, { name: 'secret', secret: { secretName: 'db', items: [{ key: CANARY, path: CANARY }] } }],
  },
});
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts' }, data: { run: `#!/bin/sh\nkill -HUP 1 ${CANARY}\nkillall ${CANARY}` } };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: CANARY } };

const scripts = [
  `kill -HUP 1 ${CANARY}`, `killall ${CANARY}`, `kill -${CANARY} -1`, `jcmd 1 ${CANARY}`, `echo ${CANARY} > /proc/1/fd/1`, `--password=${CANARY}`, `--token ${CANARY}`,
  `PGPASSWORD=${CANARY} psql`, `postgres://app:${CANARY}@db`, `pgrep ${CANARY}`, `$(PASSWORD)${CANARY}`, `--password $PASSWORD ${CANARY}`, `/sbin/init ${CANARY}`, CANARY,
];

test.each(scripts)('%s in a command, argument, probe or hook', script => {
  const exec = { exec: { command: ['sh', '-c', script] } };
  const fields = [
    { command: ['sh', '-c', script] }, { command: [script] }, { args: [script, CANARY] }, { args: script.split(' ') },
    { livenessProbe: exec, readinessProbe: exec, startupProbe: exec },
    { lifecycle: { postStart: exec, preStop: exec } },
  ];
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }, { name: 'PLAIN_PASSWORD', value: CANARY }];
  for (const field of fields) {
    const found = evaluate(everywhere({ ...field, env, volumeMounts: [{ name: 'scripts', mountPath: '/var/log', subPath: CANARY }] }), {
      documents: [configMap, secret], environment: 'production', maxLevel: 'restricted', touched: true,
    });
    expect(found.length).toBeGreaterThan(3);
    expect(JSON.stringify(found)).not.toContain(CANARY);
  }
});

const manifests = SAFEGUARDS.flatMap(({ id }) => [...fixtures(id, 'fail'), ...fixtures(id, 'pass')].map(fixture => [`${id}/${fixture.file}`, fixture] as const));
test.each(manifests)('%s with a canary in every field', (_, { documents, options }) => {
  const poisoned = documents.map(document => poison(document));
  const found = poisoned.flatMap(document => evaluate(document, { ...options, documents: poisoned, touched: true }));
  // reasons are the user's own words about a finding, meant to be told
  expect(JSON.stringify(found.map(({ reason, ...rest }) => rest))).not.toContain(CANARY);
});

test('the canary is found where it is let through', () => {
  expect(JSON.stringify(evaluate(everywhere({ name: CANARY, command: ['killall'] })))).toContain(CANARY); // as the name of a container
});
