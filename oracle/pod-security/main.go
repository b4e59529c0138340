// pod-security prints, for every pod or workload on stdin, which Pod Security level it meets and why not the next, as the
// real admission's policy code of the linked Kubernetes release judges: one JSON object a line.
//
//	pod-security          < manifests.yaml    a stream of YAML documents
//	pod-security -jsonl   < pods.jsonl        one JSON object a line, fast
//	pod-security -fixtures DIR                upstream's own pods for the newest policy version; DIR is
//	                                          test/testdata in the module k8s.io/pod-security-admission
//	pod-security -checks                      the policy's checks: id, level, versions, what they replace
//
// It is lean: nothing of k8s.io/kubernetes. So there is no defaulting but the one that a check can see (a volume without
// a source is an emptyDir), and AppArmor annotations stay annotations; the api-server program knows both.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/pod-security-admission/policy"

	"example.com/cdk8s-shared-pid/oracle/internal/document"
	"example.com/cdk8s-shared-pid/oracle/internal/standards"
)

type result struct {
	Index  int                 `json:"index"`
	Item   *int                `json:"item,omitempty"`
	Kind   string              `json:"kind,omitempty"`
	Name   string              `json:"name,omitempty"`
	Error  string              `json:"error,omitempty"`
	Strict []string            `json:"strictErrors,omitempty"`
	Level  string              `json:"level,omitempty"` // the highest level that admits the pod
	PSA    *standards.Verdicts `json:"psa,omitempty"`
}

type program struct {
	decoder runtime.Decoder
	judge   *standards.Judge
}

func (p program) answer(d document.Document) (r result) {
	r.Index, r.Item = d.Index, d.Item
	defer func() {
		if problem := recover(); problem != nil {
			r.Error = fmt.Sprint("panic: ", problem)
		}
	}()
	object, kind, strict, err := d.Decode(p.decoder)
	r.Strict = strict
	if kind != nil {
		r.Kind = kind.Kind
	}
	if err != nil {
		r.Error = err.Error()
		return r
	}
	if m, err := meta.Accessor(object); err == nil {
		r.Name = m.GetName()
	}
	if podMeta, spec := standards.PodOf(object); spec != nil {
		for i := range spec.Volumes {
			if v := &spec.Volumes[i]; v.VolumeSource == (corev1.VolumeSource{}) {
				v.EmptyDir = &corev1.EmptyDirVolumeSource{}
			}
		}
		psa, level := p.judge.Judge(podMeta, spec)
		r.PSA, r.Level = psa, string(level)
	}
	return r
}

func main() {
	log.SetFlags(0)
	jsonLines := flag.Bool("jsonl", false, "stdin holds one JSON object a line")
	version := flag.String("version", "latest", "the policy version: latest, v1.32, ...")
	fixtures := flag.String("fixtures", "", "judge the pods of this `directory` instead; fails when a verdict is not the one that the folder says")
	checks := flag.Bool("checks", false, "list the policy's checks and exit")
	flag.Parse()

	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme} {
		if err := add(scheme); err != nil {
			log.Fatal(err)
		}
	}
	judge, err := standards.NewJudge(*version)
	if err != nil {
		log.Fatal(err)
	}
	p := program{serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer(), judge}

	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	switch {
	case *checks:
		listChecks(out)
	case *fixtures != "":
		err = p.judgeFixtures(*fixtures, lines)
	default:
		read := document.ReadYAML
		if *jsonLines {
			read = document.ReadJSONLines
		}
		for _, d := range read(os.Stdin) {
			if err = lines.Encode(p.answer(d)); err != nil {
				break
			}
		}
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		log.Fatal(err)
	}
}

func listChecks(out *bufio.Writer) {
	for _, c := range policy.DefaultChecks() {
		var versions, replaces []string
		for _, v := range c.Versions {
			versions = append(versions, v.MinimumVersion.String())
			for _, id := range v.OverrideCheckIDs {
				replaces = append(replaces, string(id))
			}
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", c.ID, c.Level, strings.Join(versions, ","), strings.Join(replaces, ","))
	}
}
