import { App, Chart } from 'cdk8s';
import { DebugProfile, DebugSidecar, SharedPidPod } from 'cdk8s-shared-pid';

const app = new App();
const chart = new Chart(app, 'share-process-namespace');

// The app: nginx as its image starts it, so a master process that runs as root.
const pod = new SharedPidPod(chart, 'nginx', {
  metadata: { name: 'nginx' },
  containers: [{
    name: 'nginx',
    image: 'nginx:1.27',
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
  }],
});

// The shell: what `kubectl debug --profile=general` would add, in the pod from its start.
new DebugSidecar(pod, 'shell', { profile: DebugProfile.GENERAL });

app.synth();
