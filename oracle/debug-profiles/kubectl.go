package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/kubectl/pkg/cmd/debug"
)

const container = "debugger"

// outcome is either an error of kubectl itself or the debug container and the pod as kubectl asks the server to store them.
type outcome struct {
	Error     string         `json:"error,omitempty"`
	Said      []string       `json:"said,omitempty"` // lines that kubectl prints on stderr
	Container map[string]any `json:"container,omitempty"`
	Pod       *podPart       `json:"pod,omitempty"`
}

// podPart is what a profile may change outside of its container.
type podPart struct {
	ShareProcessNamespace *bool             `json:"shareProcessNamespace"`
	Labels                map[string]string `json:"labels"`
	Annotations           map[string]string `json:"annotations"`
	LivenessProbeOfApp    bool              `json:"livenessProbeOfApp"`
	InitContainers        int               `json:"initContainers"`
}

// kubectlDebug runs `kubectl debug web` on this pod. An error is one of this program; what kubectl refuses is an outcome.
func kubectlDebug(profile, style string, pod *corev1.Pod, custom []byte) (outcome, error) {
	args := []string{"--image=busybox:1", "--container=" + container, "--profile=" + profile, "--quiet"}
	switch style {
	case "copy":
		args = append(args, "--copy-to=web-debug")
	case "ephemeral":
		args = append(args, "--target=app")
	default:
		return outcome{}, fmt.Errorf("no style %q", style)
	}
	var file string
	if custom != nil {
		dir, err := os.MkdirTemp("", "debug-profiles-")
		if err != nil {
			return outcome{}, err
		}
		defer os.RemoveAll(dir)
		file = filepath.Join(dir, "custom.json")
		if err := os.WriteFile(file, custom, 0o600); err != nil {
			return outcome{}, err
		}
		args = append(args, "--custom="+file)
	}
	server := &server{pod: pod}
	stderr := &bytes.Buffer{}
	options := debug.NewDebugOptions(genericiooptions.IOStreams{In: &bytes.Buffer{}, Out: io.Discard, ErrOut: stderr})
	command := &cobra.Command{Use: "debug"}
	options.AddFlags(command)
	if err := command.ParseFlags(args); err != nil {
		return outcome{}, err
	}
	err := options.Complete(server.client(), command, []string{pod.Name})
	if err == nil {
		err = options.Validate()
	}
	if err == nil {
		err = options.Run(server.client(), command)
	}
	var said []string
	if text := strings.TrimSpace(stderr.String()); text != "" {
		said = strings.Split(text, "\n")
	}
	if server.failure != nil {
		return outcome{}, server.failure
	}
	if err != nil {
		if file == "" {
			return outcome{}, err // without --custom nothing is to be refused
		}
		return outcome{Error: strings.ReplaceAll(err.Error(), file, "FILE"), Said: said}, nil
	}
	return server.outcome(said)
}

// server is the API server of one pod, below kubectl's HTTP client. It keeps what it is asked to store.
type server struct {
	pod     *corev1.Pod
	stored  *corev1.Pod
	failure error
}

// client is how kubectl finds its way to the server: by what it knows instead of by discovery and a kubeconfig.
type client struct {
	genericclioptions.RESTClientGetter // nil: what is not written out below is not asked for
	config                             *rest.Config
}

func (s *server) client() client {
	return client{config: &rest.Config{
		Host: "http://server.invalid", Transport: s, ContentConfig: rest.ContentConfig{ContentType: "application/json"},
	}}
}

func (c client) ToRESTConfig() (*rest.Config, error) { return c.config, nil }

func (c client) ToRESTMapper() (meta.RESTMapper, error) {
	mapper := meta.NewDefaultRESTMapper([]schema.GroupVersion{corev1.SchemeGroupVersion})
	mapper.Add(corev1.SchemeGroupVersion.WithKind("Pod"), meta.RESTScopeNamespace)
	return mapper, nil
}

func (c client) ToRawKubeConfigLoader() clientcmd.ClientConfig {
	here := clientcmdapi.Config{
		Clusters:       map[string]*clientcmdapi.Cluster{"here": {Server: c.config.Host}},
		Contexts:       map[string]*clientcmdapi.Context{"here": {Cluster: "here", Namespace: "default"}},
		CurrentContext: "here",
	}
	return clientcmd.NewDefaultClientConfig(here, &clientcmd.ConfigOverrides{})
}

// RoundTrip answers the three requests that `kubectl debug` makes.
func (s *server) RoundTrip(request *http.Request) (*http.Response, error) {
	const path = "/api/v1/namespaces/default/pods"
	var err error
	answer := s.pod
	switch request.Method + " " + request.URL.Path {
	case "GET " + path + "/" + s.pod.Name:
	case "POST " + path:
		var body []byte
		if body, err = io.ReadAll(request.Body); err == nil {
			s.stored = &corev1.Pod{}
			err = json.Unmarshal(body, s.stored)
			answer = s.stored
		}
	case "PATCH " + path + "/" + s.pod.Name + "/ephemeralcontainers":
		var before, body, after []byte
		if before, err = json.Marshal(s.pod); err == nil {
			if body, err = io.ReadAll(request.Body); err == nil {
				if after, err = strategicpatch.StrategicMergePatch(before, body, corev1.Pod{}); err == nil {
					s.stored = &corev1.Pod{}
					err = json.Unmarshal(after, s.stored)
					answer = s.stored
				}
			}
		}
	default:
		err = fmt.Errorf("kubectl makes a request that this program does not know: %s %s", request.Method, request.URL.Path)
	}
	if err != nil {
		s.failure = err
		return nil, err
	}
	answer = answer.DeepCopy()
	answer.APIVersion, answer.Kind = "v1", "Pod"
	body, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: request,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}

func (s *server) outcome(said []string) (outcome, error) {
	if s.stored == nil {
		return outcome{}, fmt.Errorf("kubectl stored nothing")
	}
	spec := s.stored.Spec
	o := outcome{Said: said, Pod: &podPart{
		ShareProcessNamespace: spec.ShareProcessNamespace, Labels: s.stored.Labels, Annotations: s.stored.Annotations,
		LivenessProbeOfApp: spec.Containers[0].LivenessProbe != nil, InitContainers: len(spec.InitContainers),
	}}
	var added any
	if i := slices.IndexFunc(spec.Containers, func(c corev1.Container) bool { return c.Name == container }); i >= 0 {
		added = spec.Containers[i]
	} else if i := slices.IndexFunc(spec.EphemeralContainers, func(c corev1.EphemeralContainer) bool { return c.Name == container }); i >= 0 {
		added = spec.EphemeralContainers[i]
	} else {
		return outcome{}, fmt.Errorf("kubectl added no container %q", container)
	}
	fields, err := json.Marshal(added)
	if err == nil {
		err = json.Unmarshal(fields, &o.Container)
	}
	if resources, ok := o.Container["resources"].(map[string]any); ok && len(resources) == 0 {
		delete(o.Container, "resources") // Go writes the empty struct, nobody asked for it
	}
	return o, err
}
