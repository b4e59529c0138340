package main

import (
	"example.com/cdk8s-shared-pid-go/cdk8ssharedpid"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

func main() {
	defer jsii.Close()

	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("share-process-namespace"), nil)

	// The app: nginx as its image starts it, so a master process that runs as root.
	pod := cdk8ssharedpid.NewSharedPidPod(chart, jsii.String("nginx"), &cdk8ssharedpid.SharedPidPodProps{
		Metadata: &cdk8s.ApiObjectMetadata{Name: jsii.String("nginx")},
		Containers: &[]*cdk8splus28.ContainerProps{{
			Name:  jsii.String("nginx"),
			Image: jsii.String("nginx:1.27"),
			SecurityContext: &cdk8splus28.ContainerSecurityContextProps{
				EnsureNonRoot:          jsii.Bool(false),
				ReadOnlyRootFilesystem: jsii.Bool(false),
			},
		}},
	})

	// The shell: what `kubectl debug --profile=general` would add, in the pod from its start.
	cdk8ssharedpid.NewDebugSidecar(pod, jsii.String("shell"), &cdk8ssharedpid.DebugSidecarProps{
		Profile: cdk8ssharedpid.DebugProfile_GENERAL(),
	})

	app.Synth()
}
