import { evaluate } from '../../src/safeguards/evaluate';
import { findDocument, namespaceOf } from '../../src/safeguards/other-documents';

const configMap = (name: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { 'a.sh': 'killall nginx' } });

test('a document is found by kind, namespace and name, in Lists as well', () => {
  const documents = [null, configMap('a'), { apiVersion: 'v1', kind: 'List', items: [configMap('a', 'shop'), 7] }, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }];
  expect(findDocument(documents, 'ConfigMap', undefined, 'a')).toBe(documents[1]);
  expect(namespaceOf(findDocument(documents, 'ConfigMap', 'shop', 'a')!)).toBe('shop');
  expect(findDocument(documents, 'ConfigMap', 'other', 'a')).toBeUndefined();
  expect(findDocument(documents, 'Namespace', undefined, 'shop')).toBe(documents[3]);
  expect(findDocument(undefined, 'ConfigMap', undefined, 'a')).toBeUndefined();
  expect(findDocument('text' as any, 'ConfigMap', undefined, 'a')).toBeUndefined();
});

test('kinds of other groups are others', () => {
  expect(findDocument([{ ...configMap('a'), apiVersion: 'example.com/v1' }], 'ConfigMap', undefined, 'a')).toBeUndefined();
});

test('a List that holds itself ends', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [configMap('a')] as unknown[] };
  list.items.push(list);
  expect(findDocument([list], 'ConfigMap', undefined, 'a')).toBe(list.items[0]);
});

test('a script is read in the namespace of the pod only', () => {
  const pod = (namespace?: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace },
    spec: { shareProcessNamespace: true, containers: [], volumes: [{ name: 's', projected: { sources: [{ configMap: { name: 'a' } }] } }] },
  });
  const rulesFor = (namespace?: string) => evaluate(pod(namespace), { documents: [configMap('a', 'shop')] }).map(({ rule, severity }) => `${severity} ${rule}`);
  expect(rulesFor('shop')).toEqual(['info no-wide-kill']);
  expect(rulesFor()).toEqual([]);
});

test('5,000 pods beside 5,000 ConfigMaps take no square of that', () => {
  const pods = Array.from({ length: 5000 }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${i}` },
    spec: { shareProcessNamespace: true, containers: [{ name: 'a', image: 'busybox:1.37' }], volumes: [{ name: 's', configMap: { name: `c${i}` } }] },
  }));
  const documents = [...pods, ...pods.map((_, i) => configMap(`c${i}`))];
  const start = process.hrtime.bigint();
  const found = pods.flatMap(pod => evaluate(pod, { documents }));
  expect(found.filter(({ rule }) => rule === 'no-wide-kill')).toHaveLength(5000);
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(20_000);
}, 30_000);
