// Package standards asks the Pod Security admission's own policy code.
package standards

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// Verdict is whether a level admits a pod; else a short reason for each control and, at the same place, its details.
type Verdict struct {
	Allowed bool     `json:"allowed"`
	Reasons []string `json:"reasons,omitempty"`
	Details []string `json:"details,omitempty"`
}

// Verdicts holds the levels that can forbid something.
type Verdicts struct {
	Baseline   Verdict `json:"baseline"`
	Restricted Verdict `json:"restricted"`
}

// Judge applies the checks of one policy version.
type Judge struct {
	evaluator policy.Evaluator
	version   api.Version
}

// NewJudge takes "latest" or "v1.32".
func NewJudge(version string) (*Judge, error) {
	v, err := api.ParseVersion(version)
	if err != nil {
		return nil, err
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	return &Judge{evaluator, v}, err
}

// Judge returns the verdicts and the highest level that the pod meets.
func (j *Judge) Judge(meta *metav1.ObjectMeta, spec *corev1.PodSpec) (*Verdicts, api.Level) {
	verdict := func(level api.Level) Verdict {
		a := policy.AggregateCheckResults(j.evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: j.version}, meta, spec))
		return Verdict{a.Allowed, a.ForbiddenReasons, a.ForbiddenDetails}
	}
	v := &Verdicts{Baseline: verdict(api.LevelBaseline), Restricted: verdict(api.LevelRestricted)}
	switch {
	case v.Restricted.Allowed:
		return v, api.LevelRestricted
	case v.Baseline.Allowed:
		return v, api.LevelBaseline
	}
	return v, api.LevelPrivileged
}

// PodOf finds the pod in a workload; nil when there is none.
func PodOf(object runtime.Object) (*metav1.ObjectMeta, *corev1.PodSpec) {
	var t *corev1.PodTemplateSpec
	switch o := object.(type) {
	case *corev1.Pod:
		return &o.ObjectMeta, &o.Spec
	case *corev1.PodTemplate:
		t = &o.Template
	case *corev1.ReplicationController:
		t = o.Spec.Template
	case *appsv1.Deployment:
		t = &o.Spec.Template
	case *appsv1.ReplicaSet:
		t = &o.Spec.Template
	case *appsv1.StatefulSet:
		t = &o.Spec.Template
	case *appsv1.DaemonSet:
		t = &o.Spec.Template
	case *batchv1.Job:
		t = &o.Spec.Template
	case *batchv1.CronJob:
		t = &o.Spec.JobTemplate.Spec.Template
	}
	if t == nil {
		return nil, nil
	}
	return &t.ObjectMeta, &t.Spec
}
