// Pause is PID 1 of the test node's pods. It handles signals as the pause program of Kubernetes does: INT and TERM end it,
// CHLD reaps the orphans that become its children, and nothing else has an effect.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signals := make(chan os.Signal, 16)
	signal.Notify(signals) // all: what nobody is told of would end a Go program
	for received := range signals {
		if received == syscall.SIGINT || received == syscall.SIGTERM {
			os.Exit(0)
		}
		if received != syscall.SIGCHLD {
			continue
		}
		for {
			pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
			if pid <= 0 || err != nil {
				break
			}
		}
	}
}
