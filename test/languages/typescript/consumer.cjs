// What an app in JavaScript does beside the example, from the packed tarball: prints `check<TAB>value` lines. The other
// languages must print the same.
const { ApiObject, App, Chart, JsonPatch, Size, Yaml } = require('cdk8s');
const kplus = require('cdk8s-plus-28');
const { DebugProfile, DebugSidecar, SharedPid, SharedPidSettings, SidecarImage, SidecarPlacement, SidecarResources } = require('cdk8s-shared-pid');

const say = (check, value) => console.log(`${check}\t${String(value).replace(/\n/g, '\\n')}`);

const app = new App();
const pod = new ApiObject(new Chart(app, 'bare'), 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'nginx' } });
pod.addJsonPatch(JsonPatch.add('/spec', { containers: [{ name: 'app', image: 'app' }], volumes: [{ name: 'v', emptyDir: {} }] }));
SharedPid.enable(pod);
SharedPidSettings.of(app).useImage(SidecarImage.BUSYBOX, 'registry.example.com/busybox:1');
const sidecar = new DebugSidecar(pod, 'debug', {
  profile: DebugProfile.custom({ addCapabilities: ['KILL'] }),
  env: { A: 'b' },
  placement: SidecarPlacement.NATIVE,
  volumeMounts: [{ volume: 'v', mountPath: '/v' }],
  resources: SidecarResources.custom({ memoryLimit: Size.mebibytes(64) }),
});
sidecar.addJsonPatch(JsonPatch.add('/workingDir', '/v'));
say('spec', Yaml.stringify(pod.toJson()));
say('exec', sidecar.commands.exec);

const deployment = new kplus.Deployment(new Chart(app, 'mixin'), 'api', { containers: [{ image: 'app' }] });
SharedPid.enable(deployment);
say('enabled', SharedPid.of(deployment).isEnabled);
try {
  new DebugSidecar(deployment, 'debug', { profile: DebugProfile.RESTRICTED, target: 'nope' });
  say('error', 'none');
} catch (error) {
  say('error', error.message);
}
