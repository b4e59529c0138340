package main

import (
	"log"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The pods that are debugged: one that says nothing, one that meets the restricted Pod Security level, one that refuses
// to share its process namespace.
var targetNames = []string{"plain", "restricted", "share-false"}

func targetPod(name string) *corev1.Pod {
	pod := &corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: metav1.ObjectMeta{
			Name: "web", Namespace: "default", Labels: map[string]string{"app": "web"}, Annotations: map[string]string{"note": "kept?"},
		},
		Spec: corev1.PodSpec{
			// the API server always fills this one in, and kubectl reads it without asking whether it is there
			SecurityContext: &corev1.PodSecurityContext{},
			InitContainers:  []corev1.Container{{Name: "init", Image: "init:1"}},
			Containers: []corev1.Container{{
				Name: "app", Image: "app:1",
				LivenessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"true"}}}},
			}},
			Volumes: []corev1.Volume{{Name: "data", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}},
		},
	}
	switch name {
	case "plain":
	case "restricted":
		pod.Spec.SecurityContext = &corev1.PodSecurityContext{
			RunAsNonRoot: new(true), RunAsUser: new(int64(1000)),
			SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
		}
		pod.Spec.Containers[0].SecurityContext = &corev1.SecurityContext{
			AllowPrivilegeEscalation: new(false), ReadOnlyRootFilesystem: new(true),
			Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		}
	case "share-false":
		pod.Spec.ShareProcessNamespace = new(false)
	default:
		log.Fatalf("no target pod %q", name)
	}
	return pod
}

// targetPods is what the reader of the test data gets to see of them.
func targetPods() map[string]corev1.PodSpec {
	specs := map[string]corev1.PodSpec{}
	for _, name := range targetNames {
		specs[name] = targetPod(name).Spec
	}
	return specs
}
