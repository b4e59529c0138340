import { Access } from '../../src/access/access';
import { accessRows } from '../../src/access/access-rows';
import { KnownNode } from '../../src/access/known-node';

const securityContext = { runAsUser: 1000, runAsGroup: 1000, capabilities: { drop: ['ALL'] } };
const spec = { shareProcessNamespace: true, containers: [{ name: 'app', securityContext }, { name: 'debug', securityContext }] };
const trace = (node?: KnownNode) => accessRows(spec, { observer: 'debug', targets: ['app'], accesses: [Access.TRACE] }, { node: node?.facts }).rows[0];

test('nothing is known of a node by default: Yama may deny', () => {
  expect(trace()).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: expect.arrayContaining(['yama']) });
});

test('Ubuntu refuses to trace another process of the same user', () => {
  expect(trace(KnownNode.UBUNTU)).toMatchObject({ answer: 'DENIED', rule: 'yama' });
});

test('Fedora does not', () => {
  expect(trace(KnownNode.FEDORA)).toMatchObject({ answer: 'ALLOWED' });
  expect(trace(KnownNode.FEDORA).nodeMayDeny).not.toContain('yama');
});

test('each says where and when it was read', () => {
  for (const node of [KnownNode.UBUNTU, KnownNode.FEDORA]) {
    expect(node.source).toMatch(/^https:\/\//);
    expect(node.readOn).toMatch(/^2\d{3}-\d\d-\d\d$/);
  }
});
