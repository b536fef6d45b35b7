// SPDX-License-Identifier: Apache-2.0

// Package node is the server under test as a process: started on one folder and one port, killed with kill -9, started
// again, with a wall clock that jumps when told to.
//
// Each start begins a life. A request that was lost in some life cannot take effect after the process of that life is
// gone: what its log holds by then is there at the next start, what it does not hold never comes. So the moment at which
// a dead process was reaped closes every request that its death left open (Closed).
package node

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrClock says that the server refused to start because its stamps are ahead of the wall clock.
var ErrClock = errors.New("the server refused the clock")

// Never is later than every moment.
const Never = math.MaxInt64

// Node is one server over all its lives. Safe for use by several goroutines.
type Node struct {
	Program, Shim, Folder, Address string
	Options                        []string
	Chance                         *rand.Rand // not nil: each life has other workers and another memory

	mutex   sync.Mutex
	up      *sync.Cond
	live    bool
	ended   bool
	begun   time.Time
	deaths  []int64 // when each life was over, in nanoseconds since begun
	life    int
	clock   *os.File
	offset  time.Duration
	log     *os.File
	child   *exec.Cmd
	gone    chan struct{} // closed when the child is reaped
	status  error         // how it ended
	crashed bool
}

// New makes a node whose data, clock and log stand in a folder.
func New(program, shim, folder, address string, options ...string) (*Node, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	n := &Node{Program: program, Shim: shim, Folder: folder, Address: address, Options: options, begun: time.Now(), life: -1}
	n.up = sync.NewCond(&n.mutex)
	var err error
	if n.clock, err = os.Create(filepath.Join(folder, "clock")); err != nil {
		return nil, err
	}
	if n.log, err = os.Create(filepath.Join(folder, "log")); err != nil {
		return nil, err
	}
	return n, n.SetOffset(0)
}

// Now is the monotonic time since the node was made, in nanoseconds: the clock of every history.
func (n *Node) Now() int64 { return int64(time.Since(n.begun)) }

// SetOffset moves the server's wall clock, while it runs or while it does not.
func (n *Node) SetOffset(offset time.Duration) error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	var bytes [8]byte
	binary.LittleEndian.PutUint64(bytes[:], uint64(offset))
	n.offset = offset
	_, err := n.clock.WriteAt(bytes[:], 0)
	return err
}

// Offset is how far the server's wall clock is ahead of the machine's.
func (n *Node) Offset() time.Duration {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.offset
}

// Little memory means small write buffers and caches, so that much is written out and read back from files.
var (
	workers = []string{"1", "2", "4"}
	memory  = []string{"16M", "64M", "256M"}
)

// Start begins a life and returns when the server is ready. ErrClock: it refused, and accept was false.
func (n *Node) Start(accept bool) error {
	arguments := append([]string{"serve", "--listen", n.Address, "--data", filepath.Join(n.Folder, "data")}, n.Options...)
	if n.Chance != nil {
		arguments = append(arguments, "--workers", workers[n.Chance.Intn(len(workers))], "--memory", memory[n.Chance.Intn(len(memory))])
	}
	if accept {
		arguments = append(arguments, "--accept-clock")
	}
	child := exec.Command(n.Program, arguments...)
	child.Env = append(os.Environ(), "LD_PRELOAD="+n.Shim, "CHECK_CLOCK="+filepath.Join(n.Folder, "clock"))
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	output, input, err := os.Pipe()
	if err != nil {
		return err
	}
	child.Stdout, child.Stderr = input, input
	err = child.Start()
	input.Close()
	if err != nil {
		return err
	}
	said, err := n.awaitReady(output)
	if err != nil {
		child.Wait()
		if strings.Contains(said, "--accept-clock") {
			return ErrClock
		}
		return fmt.Errorf("the server did not start: %s", said)
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.child, n.live, n.gone = child, true, make(chan struct{})
	n.life++
	n.deaths = append(n.deaths, Never)
	n.up.Broadcast()
	go n.await(child, n.gone)
	return nil
}

// await notes the end of a life, and that it was none that anybody asked for.
func (n *Node) await(child *exec.Cmd, gone chan struct{}) {
	err := child.Wait()
	n.mutex.Lock()
	n.deaths[n.life], n.status = n.Now(), err
	if n.live {
		n.live, n.ended, n.crashed = false, true, true
		n.up.Broadcast()
	}
	n.mutex.Unlock()
	close(gone)
}

// awaitReady reads the server's words until the ready line, and has the rest copied to the log.
func (n *Node) awaitReady(output *os.File) (string, error) {
	lines, said := bufio.NewReader(output), ""
	for {
		line, err := lines.ReadString('\n')
		n.log.WriteString(line)
		said += line
		if strings.Contains(line, "stator.ready") {
			go func() { io.Copy(n.log, lines); output.Close() }()
			return said, nil
		}
		if err != nil {
			output.Close()
			return said, err
		}
	}
}

// Kill ends the life as a power switch for the process, and returns when it is gone.
func (n *Node) Kill() { n.end(syscall.SIGKILL) }

// Stop asks for a clean end; the error says when it was none.
func (n *Node) Stop() error { return n.end(syscall.SIGTERM) }

func (n *Node) end(signal syscall.Signal) error {
	n.mutex.Lock()
	n.live = false
	child, gone := n.child, n.gone
	n.mutex.Unlock()
	child.Process.Signal(signal)
	<-gone
	return n.status
}

// Crashed says that the server ended by itself.
func (n *Node) Crashed() bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.crashed
}

// Finish lets go of everyone who waits for a life that will not come.
func (n *Node) Finish() {
	n.mutex.Lock()
	n.ended = true
	n.up.Broadcast()
	n.mutex.Unlock()
}

// AwaitUp waits for a life; false when the run is over.
func (n *Node) AwaitUp() bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	for !n.live && !n.ended {
		n.up.Wait()
	}
	return !n.ended
}

// Life is the number of the present life, or of the last one: a request that failed before this was asked belongs to
// this life or to an earlier one.
func (n *Node) Life() int {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.life
}

// Closed is the moment from which a request of the life can take no effect: Never while it lives.
func (n *Node) Closed(life int) int64 {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.deaths[life]
}

// Lives is how often the server was started.
func (n *Node) Lives() int { return n.Life() + 1 }

// LogTail is the end of what the server said.
func (n *Node) LogTail() string {
	said, _ := os.ReadFile(n.log.Name())
	if len(said) > 3000 {
		said = said[len(said)-3000:]
	}
	return string(said)
}
