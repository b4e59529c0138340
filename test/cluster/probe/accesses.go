package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

type target struct{ pid int }

func (t target) path(below ...string) string {
	return filepath.Join(append([]string{"/proc", strconv.Itoa(t.pid)}, below...)...)
}

// container is the name that the process holds in its arguments; empty where it does not hold.
func (t target) container() string {
	command, _ := os.ReadFile(t.path("cmdline"))
	words := strings.Split(string(command), "\x00")
	if len(words) < 3 || words[1] != "hold" {
		return ""
	}
	return words[2]
}

// accesses try one thing each. They return nil when the kernel allowed it.
var accesses = map[string]func(target) error{
	"list-processes":            func(t target) error { return firstByte(t.path("stat")) },
	"read-arguments":            func(t target) error { return opened(t.path("cmdline"), os.O_RDONLY) },
	"read-environment":          func(t target) error { return firstByte(t.path("environ")) },
	"list-files":                func(t target) error { _, err := os.ReadDir(t.path("root") + "/"); return cause(err) },
	"read-files":                readPrivateFile,
	"read-world-readable-files": func(t target) error { return opened(t.path("root")+"/data/root0644", os.O_RDONLY) },
	"read-root-files":           func(t target) error { return opened(t.path("root")+"/data/root0600", os.O_RDONLY) },
	"write-files":               writeFile,
	"open-descriptors":          func(t target) error { return opened(t.path("fd", strconv.Itoa(heldFile)), os.O_RDONLY) },
	"connect-sockets":           connectSocket,
	"read-memory":               func(t target) error { return memory(t, os.O_RDONLY) },
	"write-memory":              func(t target) error { return memory(t, os.O_RDWR) },
	"trace":                     trace,
	"signal":                    func(t target) error { return syscall.Kill(t.pid, 0) },
	"become-user":               become,
	"end-pod":                   func(target) error { return syscall.Kill(1, 0) },
}

func opened(path string, flags int) error {
	file, err := os.OpenFile(path, flags|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return cause(err)
	}
	return file.Close()
}

func firstByte(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return cause(err)
	}
	defer file.Close()
	if _, err := file.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		return cause(err)
	}
	return errors.New("empty")
}

func readPrivateFile(t target) error {
	err := opened(t.path("root")+privateFile, os.O_RDONLY)
	if shared, _ := sharedFiles(t.container()); err == syscall.ENOENT {
		return opened(t.path("root")+shared, os.O_RDONLY)
	}
	return err
}

// writeFile makes a file where everybody may write: in /tmp, or where that is read-only in a volume.
func writeFile(t target) error {
	err := createIn(t.path("root") + "/tmp")
	if err == syscall.EROFS && createIn(t.path("root")+"/tools") == nil {
		return nil
	}
	return err
}

func createIn(folder string) error {
	path := fmt.Sprintf("%s/by-observer-%d", folder, os.Getpid())
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return cause(err)
	}
	file.Close()
	return cause(os.Remove(path))
}

func connectSocket(t target) error {
	err := connectTo(t.path("root"), socketFile)
	if _, shared := sharedFiles(t.container()); err == syscall.ENOENT {
		return connectTo(t.path("root"), shared)
	}
	return err
}

func connectTo(root, path string) error {
	const pathOnly = 0x200000 // O_PATH: a socket's address is short, so it goes by way of a descriptor
	folder, err := syscall.Open(root+filepath.Dir(path), pathOnly|syscall.O_DIRECTORY, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(folder)
	socket, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	err = syscall.Connect(socket, &syscall.SockaddrUnix{Name: fmt.Sprintf("/proc/self/fd/%d/%s", folder, filepath.Base(path))})
	if err == syscall.EAGAIN { // its queue is full, so we were let in
		return nil
	}
	return err
}

// memory opens the process's memory and reads a byte, and writes it back where it may. EIO: nothing lies at that address,
// but the kernel would have let us.
func memory(t target, flags int) error {
	file, err := os.OpenFile(t.path("mem"), flags, 0)
	if err != nil {
		return cause(err)
	}
	defer file.Close()
	b := make([]byte, 1)
	if _, err = file.ReadAt(b, address); err == nil && flags == os.O_RDWR {
		_, err = file.WriteAt(b, address)
	}
	if cause(err) == syscall.EIO || errors.Is(err, io.EOF) {
		return nil
	}
	return cause(err)
}

func trace(t target) error {
	if err := syscall.PtraceAttach(t.pid); err != nil {
		return err
	}
	var status syscall.WaitStatus
	_, _ = syscall.Wait4(t.pid, &status, 0x40000000 /* __WALL */, nil)
	return syscall.PtraceDetach(t.pid)
}

// become takes the UID and GID of the other process and then reads its environment.
func become(t target) error {
	var uid, gid uint32
	status, err := os.ReadFile(t.path("status"))
	if err != nil {
		return cause(err)
	}
	if _, err := fmt.Sscanf(field(string(status), "Uid:"), "%d", &uid); err != nil {
		return err
	}
	if _, err := fmt.Sscanf(field(string(status), "Gid:"), "%d", &gid); err != nil {
		return err
	}
	command := exec.Command("/proc/self/exe", "read-environment", strconv.Itoa(t.pid))
	command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w %s", cause(err), output)
	}
	return nil
}

func field(text, key string) string {
	for i := 0; i+len(key) < len(text); i++ {
		if text[i:i+len(key)] == key && (i == 0 || text[i-1] == '\n') {
			return text[i+len(key):]
		}
	}
	return ""
}

// cause is the error number behind an error, which is the same in every language.
func cause(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	return err
}
