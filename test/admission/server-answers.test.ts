import { readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { verdictOf } from './recorded-verdicts';
import { podSecurity } from '../../src/admission/pod-security';
import { PodSecurityReport } from '../../src/admission/pod-security-report';
import { JsonObject } from '../../src/manifest/pod-spec';
import { podMetadataPath, podSpecPath, valueAt } from '../../src/manifest/pod-spec-path';
import { Answer, findFiles, MANIFESTS, readRecord } from '../oracle/recorded-answers';

// What the API server's own code said to each manifest (`npm run oracle`), our level and words must be.
const root = join(__dirname, '..', '..');

/** The objects of a manifest as the oracle counts them: no empty documents, Lists taken apart. */
function objectsOf(manifest: string): JsonObject[] {
  const documents = parseAllDocuments(readFileSync(join(root, manifest), 'utf8'), { uniqueKeys: false }).map(document => document.toJS()).filter(object => object !== null);
  return documents.flatMap(object => Array.isArray(object.items) ? object.items : [object]);
}

const judged = findFiles(root, MANIFESTS).flatMap(manifest => {
  const { answers } = readRecord(root, manifest)!;
  const pods = answers.map((answer, i): [string, Answer, number] => [`${manifest} ${answer.kind} ${answer.name ?? answer.index}`, answer, i])
    .filter(([, { apiVersion, kind }]) => podSpecPath(apiVersion ?? 'v1', kind) !== undefined);
  return pods.map(([title, answer, i]) => [title, answer, manifest, i] as const);
});

test('there are pods of all levels, and one that the server cannot decode', () => {
  expect(judged.length).toBeGreaterThan(40);
  expect(new Set(judged.map(([, { level }]) => level))).toEqual(new Set(['privileged', 'baseline', 'restricted', undefined]));
});

/** Where the server changes the pod before it judges: the level is the same, its words are more. What they are is tested below. */
const PREPARED = ['test/oracle/samples/accepted-host-network.yaml', 'test/oracle/samples/warns-app-armor-annotation.yaml'];

/** The server cannot decode them for a field that no control reads: we do not see that, and the level is of what we read. */
const UNREAD_FIELD = ['text-for-boolean', 'text-for-list'].map(name => `test/fixtures/safeguards/no-unreadable-pod/fail/${name}.yaml`);

function reportOf(manifest: string, i: number): PodSecurityReport {
  const object = objectsOf(manifest)[i];
  const path = podSpecPath(object.apiVersion, object.kind)!;
  return podSecurity(valueAt(object, path), valueAt(object, podMetadataPath(path)!));
}

function pairs({ reasons = [], details = [] }: { readonly reasons?: string[]; readonly details?: string[] }): string[][] {
  return reasons.map((reason, i) => [reason, details[i]]);
}

test.each(judged)('%s', (_, { level, psa, error }, manifest, i) => {
  const report = reportOf(manifest, i);
  if (UNREAD_FIELD.includes(manifest)) {
    expect([error, report.level]).toEqual([expect.stringContaining('cannot unmarshal'), 'baseline']);
  } else if (error !== undefined) {
    expect([report.level, report.violations[0].control]).toEqual(['privileged', 'decoding']);
  } else if (PREPARED.includes(manifest)) {
    expect(report.level).toBe(level);
  } else {
    expect(verdictOf(report)).toEqual({ level, baseline: pairs(psa!.baseline), restricted: pairs(psa!.restricted) });
  }
});

test('of a pod in the node\'s network the server also names the ports', () => {
  const [{ psa }] = readRecord(root, PREPARED[0])!.answers;
  const ours = verdictOf(reportOf(PREPARED[0], 0));
  const port = ['hostPort', 'container "app" uses hostPort 80'];
  expect(pairs(psa!.baseline)).toEqual([...ours.baseline, port]);
  expect(pairs(psa!.restricted)).toEqual([ours.restricted[0], port, ...ours.restricted.slice(1)]);
});

test('of a pod with an AppArmor annotation the server also names the container', () => {
  const [{ psa }] = readRecord(root, PREPARED[1])!.answers;
  const annotation = '"container.apparmor.security.beta.kubernetes.io/app="unconfined""';
  const ours = verdictOf(reportOf(PREPARED[1], 0));
  expect(ours.baseline).toEqual([['forbidden AppArmor profile', `annotation must not set AppArmor profile type to ${annotation}`]]);
  expect(pairs(psa!.baseline)).toEqual([['forbidden AppArmor profiles', `container "app" and annotation must not set AppArmor profile type to "Unconfined", ${annotation}`]]);
  expect(pairs(psa!.restricted).slice(1)).toEqual(ours.restricted.slice(1));
});
