import cdk8s_plus_28 as kplus
from cdk8s import ApiObjectMetadata, App, Chart
from cdk8s_shared_pid import DebugProfile, DebugSidecar, SharedPidPod

app = App()
chart = Chart(app, "share-process-namespace")

# The app: nginx as its image starts it, so a master process that runs as root.
pod = SharedPidPod(
    chart,
    "nginx",
    metadata=ApiObjectMetadata(name="nginx"),
    containers=[
        kplus.ContainerProps(
            name="nginx",
            image="nginx:1.27",
            security_context=kplus.ContainerSecurityContextProps(ensure_non_root=False, read_only_root_filesystem=False),
        )
    ],
)

# The shell: what `kubectl debug --profile=general` would add, in the pod from its start.
DebugSidecar(pod, "shell", profile=DebugProfile.GENERAL)

app.synth()
