package main

import (
	"context"
	"errors"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"

	"example.com/cdk8s-shared-pid/oracle/internal/document"
	"example.com/cdk8s-shared-pid/oracle/internal/standards"
)

// answer is what the server says to a request that creates the object with fieldValidation=Strict. It refuses the object
// when there is an error, a strict error or a validation error.
type answer struct {
	Source           string              `json:"source,omitempty"` // the file, when it is not stdin
	Index            int                 `json:"index"`
	Item             *int                `json:"item,omitempty"`
	APIVersion       string              `json:"apiVersion,omitempty"`
	Kind             string              `json:"kind,omitempty"`
	Name             string              `json:"name,omitempty"`
	Error            string              `json:"error,omitempty"` // no YAML, a wrong type, an unknown kind
	StrictErrors     []string            `json:"strictErrors"`    // fields that are unknown or there twice
	ValidationErrors []cause             `json:"validationErrors"`
	Warnings         []string            `json:"warnings"`
	Level            string              `json:"level,omitempty"` // the highest Pod Security level that admits the pod
	PSA              *standards.Verdicts `json:"psa,omitempty"`
}

type cause struct {
	Type    string `json:"type"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

type server struct {
	decoder runtime.Decoder
	judge   *standards.Judge
}

func newServer() (*server, error) {
	// As every cluster's server is started; without it privileged pods are "disallowed by cluster policy".
	capabilities.Setup(true, 0)
	judge, err := standards.NewJudge("latest")
	return &server{serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer(), judge}, err
}

func (s *server) create(d document.Document) (a answer) {
	a = answer{Index: d.Index, Item: d.Item, StrictErrors: []string{}, ValidationErrors: []cause{}, Warnings: []string{}}
	defer func() {
		if problem := recover(); problem != nil {
			a.Error = fmt.Sprint("panic: ", problem)
		}
	}()
	object, kind, strict, err := d.Decode(s.decoder)
	a.StrictErrors = strict
	if kind != nil {
		a.APIVersion, a.Kind = kind.GroupVersion().String(), kind.Kind
	}
	if err == nil {
		err = s.store(object, *kind, &a)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

// store does what the server does before it writes to etcd.
func (s *server) store(object runtime.Object, kind schema.GroupVersionKind, a *answer) error {
	if m, err := meta.Accessor(object); err == nil {
		a.Name = m.GetName()
	}
	resource, ok := resources[kind.GroupKind()]
	if !ok {
		return fmt.Errorf("this program does not know how the server stores a %s", kind.Kind)
	}
	legacyscheme.Scheme.Default(object)
	internal, err := legacyscheme.Scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return err
	}
	stored, err := meta.Accessor(internal)
	if err != nil {
		return err
	}
	fillSystemFields(stored)
	recorder := &warnings{}
	err = rest.BeforeCreate(resource.strategy, createRequest(stored, kind, resource, recorder), internal)
	a.ValidationErrors = append(a.ValidationErrors, causes(err)...)
	a.Warnings = append(a.Warnings, recorder.texts...)

	// Pod Security is an admission that validates: it sees the object as it is prepared to be stored.
	external, err := legacyscheme.Scheme.ConvertToVersion(internal, kind.GroupVersion())
	if err != nil {
		return err
	}
	if podMeta, spec := standards.PodOf(external); spec != nil {
		psa, level := s.judge.Judge(podMeta, spec)
		a.PSA, a.Level = psa, string(level)
	}
	return nil
}

// fillSystemFields gives the object what the server gives it, but the same in each run.
func fillSystemFields(object metav1.Object) {
	rest.FillObjectMetaSystemFields(object)
	object.SetUID(types.UID("00000000-0000-0000-0000-000000000000"))
	if object.GetName() == "" && object.GetGenerateName() != "" {
		object.SetName(fmt.Sprintf("%.58s00000", object.GetGenerateName()))
	}
}

// createRequest is the context of the request. Declarative validation fails without a RequestInfo.
func createRequest(object metav1.Object, kind schema.GroupVersionKind, r resource, recorder warning.Recorder) context.Context {
	namespace := object.GetNamespace()
	if namespace == "" && r.strategy.NamespaceScoped() {
		namespace = metav1.NamespaceDefault
	}
	ctx := request.WithNamespace(context.Background(), namespace)
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIPrefix: "apis",
		APIGroup: kind.Group, APIVersion: kind.Version, Resource: r.name, Namespace: namespace,
	})
	return warning.WithWarningRecorder(ctx, recorder)
}

// causes takes the server's refusal apart; nil for none.
func causes(err error) []cause {
	if err == nil {
		return nil
	}
	var status apierrors.APIStatus
	if !errors.As(err, &status) || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		return []cause{{Message: err.Error()}}
	}
	var all []cause
	for _, c := range status.Status().Details.Causes {
		all = append(all, cause{string(c.Type), c.Field, c.Message})
	}
	return all
}

type warnings struct{ texts []string }

func (w *warnings) AddWarning(_, text string) { w.texts = append(w.texts, text) }
