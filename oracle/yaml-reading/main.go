// yaml-reading prints what kubectl makes of YAML: for every line of stdin the line itself and its JSON, or null where it is
// refused. One JSON array a line. Made by: node oracle/build.mjs yaml-reading; its output is test/data/yaml-reading.json.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strings"

	"example.com/cdk8s-shared-pid/oracle/internal/document"
)

func main() {
	lines := json.NewEncoder(os.Stdout)
	lines.SetEscapeHTML(false)
	for scanner := bufio.NewScanner(os.Stdin); scanner.Scan(); {
		text := scanner.Text()
		var value json.RawMessage = []byte("null")
		if documents := document.ReadYAML(strings.NewReader(text + "\n")); len(documents) == 1 && documents[0].Err == nil && documents[0].Strict == nil {
			value = documents[0].JSON
		}
		if err := lines.Encode([]any{text, value}); err != nil {
			log.Fatal(err)
		}
	}
}
