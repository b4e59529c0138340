"""What an app in Python does beside the example: prints `check<TAB>value` lines."""
import cdk8s_plus_28 as kplus
from cdk8s import ApiObject, App, Chart, JsonPatch, Size, Yaml
from cdk8s_shared_pid import (
    DebugProfile, DebugSidecar, SharedPid, SharedPidMixin, SharedPidSettings, SidecarImage, SidecarPlacement, SidecarResources, SidecarVolumeMount,
)


def say(check, value):
    print(f"{check}\t{value}".replace("\n", "\\n"))


app = App()

chart = Chart(app, "bare")
pod = ApiObject(chart, "pod", api_version="v1", kind="Pod", metadata={"name": "nginx"})
pod.add_json_patch(JsonPatch.add("/spec", {"containers": [{"name": "app", "image": "app"}], "volumes": [{"name": "v", "emptyDir": {}}]}))
SharedPid.enable(pod)
SharedPidSettings.of(app).use_image(SidecarImage.BUSYBOX, "registry.example.com/busybox:1")
sidecar = DebugSidecar(
    pod, "debug", profile=DebugProfile.custom(add_capabilities=["KILL"]), env={"A": "b"}, placement=SidecarPlacement.NATIVE,
    volume_mounts=[SidecarVolumeMount(volume="v", mount_path="/v")], resources=SidecarResources.custom(memory_limit=Size.mebibytes(64)),
)
sidecar.add_json_patch(JsonPatch.add("/workingDir", "/v"))
say("spec", Yaml.stringify(pod.to_json()))
say("exec", sidecar.commands.exec)

chart = Chart(app, "mixin")
deployment = kplus.Deployment(chart, "api", containers=[kplus.ContainerProps(image="app")])
deployment.with_(SharedPidMixin())
say("enabled", str(SharedPid.of(deployment).is_enabled).lower())

try:
    DebugSidecar(deployment, "debug", profile=DebugProfile.RESTRICTED, target="nope")
    say("error", "none")
except Exception as error:  # noqa: BLE001
    say("error", str(error))
