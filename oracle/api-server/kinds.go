package main

import (
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"

	// the types with their defaulting and conversion
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"

	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
)

// resource is how the server stores a kind.
type resource struct {
	strategy rest.RESTCreateStrategy
	name     string
}

// The very strategy objects that kube-apiserver installs for each resource.
var resources = map[schema.GroupKind]resource{
	{Kind: "ConfigMap"}:             {configmap.Strategy, "configmaps"},
	{Kind: "LimitRange"}:            {limitrange.Strategy, "limitranges"},
	{Kind: "Namespace"}:             {namespace.Strategy, "namespaces"},
	{Kind: "PersistentVolumeClaim"}: {persistentvolumeclaim.Strategy, "persistentvolumeclaims"},
	{Kind: "Pod"}:                   {pod.Strategy, "pods"},
	{Kind: "PodTemplate"}:           {podtemplate.Strategy, "podtemplates"},
	{Kind: "ReplicationController"}: {replicationcontroller.Strategy, "replicationcontrollers"},
	{Kind: "ResourceQuota"}:         {resourcequota.Strategy, "resourcequotas"},
	{Kind: "Secret"}:                {secret.Strategy, "secrets"},
	{Kind: "Service"}:               {service.Strategy, "services"},
	{Kind: "ServiceAccount"}:        {serviceaccount.Strategy, "serviceaccounts"},

	{Group: "apps", Kind: "DaemonSet"}:   {daemonset.Strategy, "daemonsets"},
	{Group: "apps", Kind: "Deployment"}:  {deployment.Strategy, "deployments"},
	{Group: "apps", Kind: "ReplicaSet"}:  {replicaset.Strategy, "replicasets"},
	{Group: "apps", Kind: "StatefulSet"}: {statefulset.Strategy, "statefulsets"},

	{Group: "autoscaling", Kind: "HorizontalPodAutoscaler"}: {horizontalpodautoscaler.Strategy, "horizontalpodautoscalers"},

	{Group: "batch", Kind: "CronJob"}: {cronjob.Strategy, "cronjobs"},
	{Group: "batch", Kind: "Job"}:     {job.Strategy, "jobs"},

	{Group: "networking.k8s.io", Kind: "Ingress"}:       {ingress.Strategy, "ingresses"},
	{Group: "networking.k8s.io", Kind: "NetworkPolicy"}: {networkpolicy.Strategy, "networkpolicies"},

	{Group: "policy", Kind: "PodDisruptionBudget"}: {poddisruptionbudget.Strategy, "poddisruptionbudgets"},

	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRole"}:        {clusterrole.Strategy, "clusterroles"},
	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRoleBinding"}: {clusterrolebinding.Strategy, "clusterrolebindings"},
	{Group: "rbac.authorization.k8s.io", Kind: "Role"}:               {role.Strategy, "roles"},
	{Group: "rbac.authorization.k8s.io", Kind: "RoleBinding"}:        {rolebinding.Strategy, "rolebindings"},
}
