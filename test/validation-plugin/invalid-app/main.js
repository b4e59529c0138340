const { ApiObject, App, Chart } = require('cdk8s');

const app = new App();
new ApiObject(new Chart(app, 'chart'), 'web', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    shareProcessNamespace: true,
    containers: [
      { name: 'app', image: 'registry.example.com/app:1' },
      { name: 'side', image: 'registry.example.com/side:1', securityContext: { capabilities: { add: ['CAP_SYS_PTRACE'] } } },
    ],
  },
});
app.synth();
