// probe tells what one container of a pod can really do to the others.
//
//	probe hold NAME       the process that others try to reach; NAME is its container's
//	probe try PID ...     tries every access on each process; prints one JSON object: PID -> access -> "allowed" or the error
//	probe who             lists the processes of the pod: one line `PID CGROUP ARGUMENTS` each
//
// The accesses have the names that the library gives them. Nothing that it does changes the other process for good.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	runtime.LockOSThread() // ptrace belongs to a thread
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	mode := ""
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	switch {
	case mode == "hold" && len(os.Args) == 3:
		return hold()
	case mode == "try":
		return tryAll(os.Args[2:])
	case mode == "read-environment" && len(os.Args) == 3: // run as another user by become
		return firstByte(filepath.Join("/proc", os.Args[2], "environ"))
	case mode == "who":
		return who()
	}
	return fmt.Errorf("usage: probe hold NAME | try PID ... | who")
}

func tryAll(pids []string) error {
	results := map[string]map[string]string{}
	for _, text := range pids {
		pid, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		results[text] = map[string]string{}
		for name, access := range accesses {
			results[text][name] = "allowed"
			if err := access(target{pid}); err != nil {
				results[text][name] = err.Error()
			}
		}
	}
	return json.NewEncoder(os.Stdout).Encode(results)
}

func who() error {
	folders, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return err
	}
	for _, folder := range folders {
		command, err := os.ReadFile(filepath.Join(folder, "cmdline"))
		if err != nil {
			continue
		}
		cgroup, _ := os.ReadFile(filepath.Join(folder, "cgroup"))
		container := filepath.Base(strings.TrimSpace(strings.SplitN(string(cgroup), "\n", 2)[0]))
		fmt.Println(filepath.Base(folder), container, strings.TrimSpace(strings.ReplaceAll(string(command), "\x00", " ")))
	}
	return nil
}
