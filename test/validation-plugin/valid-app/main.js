const { ApiObject, App, Chart } = require('cdk8s');

const app = new App();
const securityContext = { runAsUser: 1000, runAsGroup: 1000, capabilities: { drop: ['ALL'] } };
new ApiObject(new Chart(app, 'chart'), 'web', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    shareProcessNamespace: true,
    containers: [
      { name: 'app', image: 'registry.example.com/app:1', env: [{ name: 'DB_PASSWORD', value: 'canary-value' }], securityContext },
      { name: 'side', image: 'registry.example.com/side:1', securityContext },
    ],
  },
});
app.synth();
