// api-server prints, for every object on stdin or in the files that are named, what the Kubernetes API server of the
// linked release answers to a request that creates it: strict decoding errors, validation errors with their field paths,
// warnings, and the Pod Security levels. One JSON object a line, see the type answer.
//
//	api-server < manifests.yaml
//	api-server FILE.yaml ...
//	api-server -jsonl < objects.jsonl    one JSON object a line
//
// It asks the server's own strategy objects (defaulting, preparation, validation, warnings) and the Pod Security
// admission's own policy. Not asked are other admissions, quotas, and whether what the object refers to is there.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"io"
	"log"
	"os"

	"example.com/cdk8s-shared-pid/oracle/internal/document"
)

func main() {
	log.SetFlags(0)
	jsonLines := flag.Bool("jsonl", false, "the input holds one JSON object a line")
	flag.Parse()
	server, err := newServer()
	if err != nil {
		log.Fatal(err)
	}
	read := document.ReadYAML
	if *jsonLines {
		read = document.ReadJSONLines
	}
	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)

	answerAll := func(source string, stream io.Reader) error {
		for _, d := range read(stream) {
			a := server.create(d)
			a.Source = source
			if err := lines.Encode(a); err != nil {
				return err
			}
		}
		return nil
	}
	if flag.NArg() == 0 {
		err = answerAll("", os.Stdin)
	}
	for _, name := range flag.Args() {
		file, problem := os.Open(name)
		if problem != nil {
			log.Fatal(problem)
		}
		if err == nil {
			err = answerAll(name, file)
		}
		file.Close()
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		log.Fatal(err)
	}
}
