// debug-profiles prints what `kubectl debug` sends to the API server, as test data for whoever mirrors its profiles.
//
// It runs the whole command of the pinned kubectl (flags, validation, profile, --custom, request) without a cluster: the
// transport below it plays the API server. To make the test data anew, in this folder:
//
//	go run . > ../../test/data/debug-profiles.json
//
// For another kubectl change the versions in ../go.mod and run `go mod tidy` first.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime/debug"
)

var profiles = []string{"legacy", "general", "baseline", "restricted", "netadmin", "sysadmin"}

// run is one call of `kubectl debug` and what came of it.
type run struct {
	Profile string          `json:"profile"`
	Style   string          `json:"style"`            // copy: a new container in a copy of the pod (--copy-to); ephemeral
	Target  string          `json:"target"`           // name of the target pod, see targets.go
	Custom  json.RawMessage `json:"custom,omitempty"` // what the file of --custom holds
	outcome
}

func main() {
	log.SetFlags(0)
	var asTheyAre, customized []run
	for _, profile := range profiles {
		for _, style := range []string{"copy", "ephemeral"} {
			for _, target := range targetNames {
				asTheyAre = append(asTheyAre, run{Profile: profile, Style: style, Target: target})
			}
		}
	}
	for _, c := range customCases {
		for _, profile := range c.profiles {
			customized = append(customized, run{Profile: profile, Style: "ephemeral", Target: c.target, Custom: json.RawMessage(c.custom)})
		}
	}
	targets, err := compact(targetPods())
	if err != nil {
		log.Fatal(err)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\"source\": %q,\n\"targets\": %s,\n", kubectlVersion(), targets)
	printRuns(&out, "profiles", asTheyAre)
	out.WriteString(",\n")
	printRuns(&out, "custom", customized)
	out.WriteString("}\n")
	if _, err := os.Stdout.Write(out.Bytes()); err != nil {
		log.Fatal(err)
	}
}

// printRuns makes the runs and writes a JSON array with one of them a line.
func printRuns(out *bytes.Buffer, key string, runs []run) {
	fmt.Fprintf(out, "%q: [", key)
	for i := range runs {
		r := &runs[i]
		var err error
		if r.outcome, err = kubectlDebug(r.Profile, r.Style, targetPod(r.Target), r.Custom); err != nil {
			log.Fatalf("%s %s %s %s: %v", r.Profile, r.Style, r.Target, r.Custom, err)
		}
		if r.Custom != nil {
			r.Pod = nil // --custom is about the container only
		}
		line, err := compact(r)
		if err != nil {
			log.Fatal(err)
		}
		separator := ",\n"
		if i == 0 {
			separator = "\n"
		}
		fmt.Fprintf(out, "%s%s", separator, line)
	}
	out.WriteString("\n]")
}

// compact is json.Marshal without the HTML escapes.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

func kubectlVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "k8s.io/kubectl" {
				return m.Path + " " + m.Version
			}
		}
	}
	log.Fatal("this program does not know which kubectl it holds")
	return ""
}
