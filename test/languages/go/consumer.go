// What an app in Go does beside the example: prints `check<TAB>value` lines.
package main

import (
	"fmt"
	"strings"

	"example.com/cdk8s-shared-pid-go/cdk8ssharedpid"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

func say(check string, value any) {
	fmt.Printf("%s\t%s\n", check, strings.ReplaceAll(fmt.Sprint(value), "\n", "\\n"))
}

func main() {
	defer jsii.Close()
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("bare"), nil)
	pod := cdk8s.NewApiObject(chart, jsii.String("pod"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"), Kind: jsii.String("Pod"), Metadata: &cdk8s.ApiObjectMetadata{Name: jsii.String("nginx")},
	})
	pod.AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/spec"), map[string]any{
		"containers": []any{map[string]any{"name": "app", "image": "app"}},
		"volumes":    []any{map[string]any{"name": "v", "emptyDir": map[string]any{}}},
	}))
	cdk8ssharedpid.SharedPid_Enable(pod, nil)
	cdk8ssharedpid.SharedPidSettings_Of(app).UseImage(cdk8ssharedpid.SidecarImage_BUSYBOX(), jsii.String("registry.example.com/busybox:1"))
	sidecar := cdk8ssharedpid.NewDebugSidecar(pod, jsii.String("debug"), &cdk8ssharedpid.DebugSidecarProps{
		Profile:      cdk8ssharedpid.DebugProfile_Custom(&cdk8ssharedpid.DebugProfileOptions{AddCapabilities: jsii.Strings("KILL")}),
		Env:          &map[string]*string{"A": jsii.String("b")},
		Placement:    cdk8ssharedpid.SidecarPlacement_NATIVE,
		VolumeMounts: &[]*cdk8ssharedpid.SidecarVolumeMount{{Volume: jsii.String("v"), MountPath: jsii.String("/v")}},
		Resources: cdk8ssharedpid.SidecarResources_Custom(&cdk8ssharedpid.SidecarResourceAmounts{
			MemoryLimit: cdk8s.Size_Mebibytes(jsii.Number(64)),
		}),
	})
	sidecar.AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/workingDir"), jsii.String("/v")))
	say("spec", *cdk8s.Yaml_Stringify(pod.ToJson()))
	say("exec", *sidecar.Commands().Exec)

	deployment := cdk8splus28.NewDeployment(cdk8s.NewChart(app, jsii.String("mixin"), nil), jsii.String("api"), &cdk8splus28.DeploymentProps{
		Containers: &[]*cdk8splus28.ContainerProps{{Image: jsii.String("app")}},
	})
	cdk8ssharedpid.SharedPid_Enable(deployment, nil)
	say("enabled", *cdk8ssharedpid.SharedPid_Of(deployment, nil).IsEnabled())
	defer func() { say("error", recover()) }()
	cdk8ssharedpid.NewDebugSidecar(deployment, jsii.String("debug"), &cdk8ssharedpid.DebugSidecarProps{
		Profile: cdk8ssharedpid.DebugProfile_RESTRICTED(), Target: jsii.String("nope"),
	})
}
