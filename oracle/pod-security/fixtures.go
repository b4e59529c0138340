package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/util/version"

	"example.com/cdk8s-shared-pid/oracle/internal/document"
)

// fixture is one of upstream's pods: below the version's folder lie pass/ and fail/.
type fixture struct {
	Fixture string          `json:"fixture"` // its path: restricted/v1.37/fail/capabilities_restricted0.yaml
	Allowed bool            `json:"allowed"` // by the level of the first folder
	Pod     json.RawMessage `json:"pod"`
	result
}

func (p program) judgeFixtures(directory string, lines *json.Encoder) error {
	differ, count := 0, 0
	for _, level := range []string{"baseline", "restricted"} {
		newest, err := newestVersion(filepath.Join(directory, level))
		if err != nil {
			return err
		}
		for _, want := range []string{"pass", "fail"} {
			files, err := filepath.Glob(filepath.Join(directory, level, newest, want, "*.yaml"))
			if err != nil {
				return err
			}
			for _, file := range files {
				f, err := p.judgeFixture(file)
				if err != nil {
					return err
				}
				f.Fixture, f.Allowed = filepath.Join(level, newest, want, filepath.Base(file)), want == "pass"
				verdict := f.PSA.Baseline
				if level == "restricted" {
					verdict = f.PSA.Restricted
				}
				if verdict.Allowed != f.Allowed {
					differ++
				}
				count++
				if err := lines.Encode(f); err != nil {
					return err
				}
			}
		}
	}
	if differ > 0 || count == 0 {
		return fmt.Errorf("%d of %d verdicts in %s differ", differ, count, directory)
	}
	return nil
}

func (p program) judgeFixture(file string) (fixture, error) {
	stream, err := os.Open(file)
	if err != nil {
		return fixture{}, err
	}
	defer stream.Close()
	documents := document.ReadYAML(stream)
	if len(documents) != 1 {
		return fixture{}, fmt.Errorf("%s holds %d documents", file, len(documents))
	}
	f := fixture{Pod: documents[0].JSON, result: p.answer(documents[0])}
	if f.Error != "" || f.PSA == nil {
		return f, fmt.Errorf("%s is no pod: %s", file, f.Error)
	}
	return f, nil
}

// newestVersion is the highest of the folders v1.0, v1.1, ...
func newestVersion(directory string) (string, error) {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return "", err
	}
	var versions []*version.Version
	for _, e := range entries {
		if v, err := version.ParseGeneric(e.Name()); err == nil {
			versions = append(versions, v)
		}
	}
	if len(versions) == 0 {
		return "", fmt.Errorf("%s has no folder of a version", directory)
	}
	newest := slices.MaxFunc(versions, func(a, b *version.Version) int {
		if a.LessThan(b) {
			return -1
		}
		return 1
	})
	return fmt.Sprintf("v%d.%d", newest.Major(), newest.Minor()), nil
}
