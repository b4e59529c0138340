import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { DebugProfile, DebugSidecar, SharedPidPod, SidecarResources } from '../src';

// The manifest of the Kubernetes page "Share Process Namespace between Containers in a Pod", as JSON.
const page = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'nginx' },
  spec: {
    shareProcessNamespace: true,
    containers: [
      { name: 'nginx', image: 'nginx' },
      { name: 'shell', image: 'busybox', securityContext: { capabilities: { add: ['SYS_PTRACE'] } }, stdin: true, tty: true },
    ],
  },
};
const shell = { profile: DebugProfile.GENERAL, image: 'busybox', resources: SidecarResources.NONE };

test('on a bare Pod: exactly the manifest of the page', () => {
  const chart = new Chart(new App(), 'test');
  const pod = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'nginx' }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } });
  const { commands } = new DebugSidecar(pod, 'shell', shell);
  expect(Testing.synth(chart)).toEqual([page]);
  expect(commands.attach).toBe('kubectl attach -it nginx -c shell'); // the page's own
});

test('as a SharedPidPod: that, and these defaults of cdk8s-plus-28', () => {
  const chart = new Chart(new App(), 'test');
  const pod = new SharedPidPod(chart, 'pod', {
    metadata: { name: 'nginx' },
    containers: [{ name: 'nginx', image: 'nginx', resources: {}, securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } }],
  });
  new DebugSidecar(pod, 'shell', shell);
  const [manifest] = Testing.synth(chart);
  const { containers: [nginx, sidecar], ...defaults } = manifest.spec;
  expect(defaults).toEqual({
    shareProcessNamespace: true,
    automountServiceAccountToken: false,
    dnsPolicy: 'ClusterFirst',
    hostNetwork: false,
    restartPolicy: 'Always',
    securityContext: { fsGroupChangePolicy: 'Always', runAsNonRoot: true },
    setHostnameAsFQDN: false,
    terminationGracePeriodSeconds: 30,
  });
  expect(nginx).toEqual({
    ...page.spec.containers[0],
    imagePullPolicy: 'Always',
    securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: false, runAsNonRoot: false },
  });
  expect(sidecar).toEqual({
    ...page.spec.containers[1],
    securityContext: { ...page.spec.containers[1].securityContext, runAsNonRoot: false }, // else it would never start
  });
  expect(manifest.metadata).toEqual({ name: 'nginx', labels: { 'cdk8s.io/metadata.addr': expect.any(String) } });
});
