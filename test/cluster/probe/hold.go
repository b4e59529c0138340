package main

import (
	"errors"
	"net"
	"os"
	"os/signal"
	"syscall"
	"unsafe"
)

const (
	address  = 0x10000000 // where the page of memory lies that others try to read and write
	heldFile = 94         // the descriptor of the private file: far from those that the runtime opens itself

	privateFile = "/tmp/private.log"
	socketFile  = "/tmp/app.sock"
)

// sharedFiles is where they are in a container whose root is read-only.
func sharedFiles(container string) (private, socket string) {
	return "/dev/shm/" + container + ".log", "/dev/shm/" + container + ".sock"
}

// hold keeps open what others try to reach, says the name of its container in its arguments, and ends at TERM.
func hold() error {
	syscall.Umask(0o022)
	private, socket := privateFile, socketFile
	fd, err := syscall.Open(private, syscall.O_CREAT|syscall.O_APPEND|syscall.O_RDWR, 0o600)
	if errors.Is(err, syscall.EROFS) { // a read-only root: what the pod's containers share is not
		private, socket = sharedFiles(os.Args[2])
		fd, err = syscall.Open(private, syscall.O_CREAT|syscall.O_RDWR, 0o600)
	}
	if err == nil {
		err = syscall.Dup3(fd, heldFile, 0)
	}
	if err != nil {
		return err
	}
	os.Remove(socket)
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	go func() {
		for {
			if connection, err := listener.Accept(); err == nil {
				connection.Close()
			}
		}
	}()
	_, _, errno := syscall.Syscall6(syscall.SYS_MMAP, address, 4096, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_PRIVATE|syscall.MAP_ANONYMOUS|syscall.MAP_FIXED, ^uintptr(0), 0)
	if errno != 0 {
		return errno
	}
	*(*byte)(unsafe.Pointer(uintptr(address))) = 'M'
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	<-signals
	return nil
}
