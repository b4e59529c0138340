// Package document reads Kubernetes objects out of YAML streams and JSON lines the way kubectl and the API server do.
package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Document is one object as it is sent to the server: a YAML document, or one item of a List.
type Document struct {
	Index  int             // of the document in its stream, empty ones not counted
	Item   *int            // of the object in its List
	JSON   json.RawMessage // nil when Err is set
	Strict []string        // what is lost on the way to JSON: duplicate keys
	Err    error           // no YAML or JSON at all
}

// ReadYAML reads a stream of YAML documents. Empty documents are left out, Lists are taken apart.
func ReadYAML(r io.Reader) []Document {
	var documents []Document
	reader := utilyaml.NewYAMLReader(bufio.NewReader(r))
	for index := 0; ; {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents
		}
		if err != nil { // a separator with text behind it: where the next document starts is not known
			return append(documents, Document{Index: index, Err: err})
		}
		d := Document{Index: index}
		d.JSON, d.Strict, d.Err = toJSON(text)
		if d.Err == nil && string(d.JSON) == "null" {
			continue
		}
		documents = append(documents, items(d)...)
		index++
	}
}

// ReadJSONLines reads one object a line.
func ReadJSONLines(r io.Reader) []Document {
	var documents []Document
	reader := bufio.NewReader(r)
	for index := 0; ; {
		line, err := reader.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			d := Document{Index: index, JSON: line}
			if !json.Valid(line) {
				d.JSON, d.Err = nil, fmt.Errorf("line %d is not JSON", index+1)
			}
			documents = append(documents, items(d)...)
			index++
		}
		if errors.Is(err, io.EOF) {
			return documents
		}
		if err != nil {
			return append(documents, Document{Index: index, Err: err})
		}
	}
}

// The YAML parser stops at this end marker, silently, and so does kubectl.
var afterEnd = regexp.MustCompile(`(?m)^\.\.\.[ \t]*\n(?s:\s*[^\s#].*)`)

func toJSON(text []byte) (json.RawMessage, []string, error) {
	if lost := afterEnd.Find(text); lost != nil {
		return nil, nil, fmt.Errorf("kubectl does not see what follows the end marker: %q", lost)
	}
	// Strictly first: this is the step that sees a key that is there twice.
	raw, err := yaml.YAMLToJSONStrict(text)
	if err == nil {
		return raw, nil, nil
	}
	strict := []string{err.Error()}
	if raw, err = yaml.YAMLToJSON(text); err != nil {
		return nil, nil, err
	}
	return raw, strict, nil
}

// items takes a List apart, as kubectl does: the server never gets to see the List itself.
func items(d Document) []Document {
	var list struct {
		APIVersion string            `json:"apiVersion"`
		Kind       string            `json:"kind"`
		Items      []json.RawMessage `json:"items"`
	}
	if d.Err != nil || json.Unmarshal(d.JSON, &list) != nil || !strings.HasSuffix(list.Kind, "List") || list.Items == nil {
		return []Document{d}
	}
	var documents []Document
	for i, item := range list.Items {
		documents = append(documents, Document{Index: d.Index, Item: &i, JSON: item, Strict: d.Strict})
	}
	return documents
}

// Decode makes a typed object, with the strict errors that the server's fieldValidation=Strict gives. The object is nil
// when there is an error; unknown and duplicate fields alone are none.
func (d Document) Decode(decoder runtime.Decoder) (runtime.Object, *schema.GroupVersionKind, []string, error) {
	strict := append([]string{}, d.Strict...)
	if d.Err != nil {
		return nil, nil, strict, d.Err
	}
	object, kind, err := decoder.Decode(d.JSON, nil, nil)
	if err != nil {
		lost, ok := runtime.AsStrictDecodingError(err)
		if !ok || object == nil {
			return nil, kind, strict, err
		}
		for _, e := range lost.Errors() {
			strict = append(strict, e.Error())
		}
	}
	return object, kind, strict, nil
}
