// SPDX-License-Identifier: Apache-2.0

// check records histories from a real server under kill -9 and clock jumps, and looks for what no correct server could
// have answered. tests/check/README.md says what each command does; tests/check/run.py builds and starts it.
//
//	check items        --stator build/stator --shim build/check/clock.so --operations 200000 --kills 6
//	check transactions --stator build/stator --shim build/check/clock.so --operations 2000 --kills 3
package main

import (
	"flag"
	"fmt"
	"math/rand"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"stator/tests/check/node"
	"stator/tests/check/wire"
)

// settings are what every command is told.
type settings struct {
	stator, shim, folder string
	operations           int64
	kills, jumps         int
	clients, checkers    int
	seed                 int64
	options              string
}

// tally counts checks and prints the lines that tests/run.py reads.
type tally struct{ passed, failed int }

func (t *tally) check(good bool, what, detail string) {
	if good {
		t.passed++
		return
	}
	t.failed++
	fmt.Println("FAIL", what)
	for _, line := range strings.Split(strings.TrimRight(detail, "\n"), "\n") {
		fmt.Println("   ", line)
	}
}

func (t *tally) finish() {
	fmt.Printf("%d passed, %d failed\n", t.passed, t.failed)
	if t.failed > 0 || t.passed == 0 {
		os.Exit(1)
	}
}

// start makes the node and its first life.
func (s *settings) start() *node.Node {
	if s.folder == "" {
		folder, err := os.MkdirTemp("", "stator-check-")
		must(err)
		s.folder = folder
	}
	options := append([]string{"--log-level", "warning"}, strings.Fields(s.options)...)
	n, err := node.New(s.stator, s.shim, s.folder, freeAddress(), options...)
	must(err)
	if s.options == "" {
		n.Chance = rand.New(rand.NewSource(s.seed))
	}
	must(n.Start(false))
	return n
}

// watch tells how far a long run has come, and ends one that does not go on: a server that answers next to nothing for two minutes is stuck.
func (s *settings) watch(n *node.Node, sent *int64) {
	const every, silentMax, leastMin = 30 * time.Second, 4, 200
	silent, before := 0, int64(0)
	for range time.Tick(every) {
		done := atomic.LoadInt64(sent)
		fmt.Printf("progress %d of %d, %d lives, %.0f s\n", done, s.operations, n.Lives(), float64(n.Now())/1e9)
		silent++
		if done-before >= leastMin {
			silent, before = 0, done
		}
		if silent == silentMax && done < s.operations {
			(&tally{failed: 1}).stuck(n)
		}
	}
}

func (t *tally) stuck(n *node.Node) {
	fmt.Println("FAIL the server answers")
	fmt.Println("   ", strings.ReplaceAll(n.LogTail(), "\n", "\n    "))
	t.finish()
}

// end stops the server and judges its lives; the folder is kept when something failed.
func (s *settings) end(t *tally, n *node.Node, m *node.Nemesis) {
	t.check(m.Fault == "", "the server starts when it should", m.Fault)
	t.check(!n.Crashed(), "the server never ends by itself", n.LogTail())
	if !n.Crashed() && m.Fault == "" {
		err := n.Stop()
		t.check(err == nil, "the server ends when it is asked", fmt.Sprint(err))
	}
	if t.failed == 0 {
		os.RemoveAll(s.folder)
	} else {
		fmt.Println("the server's folder is kept in", s.folder)
	}
}

func freeAddress() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	defer listener.Close()
	return listener.Addr().String()
}

// clockAhead is how far the server's clock is moved before the first request.
const clockAhead = 90 * time.Minute

// create makes a table and waits for it. The table's date says whether the server believes the clock that it was given, which it was
// given after it had started.
func create(t *tally, n *node.Node, table, request string) {
	c := &wire.Conn{Address: n.Address, Timeout: time.Minute}
	defer c.Close()
	must(n.SetOffset(clockAhead))
	reply, err := c.Call("CreateTable", []byte(request))
	must(err)
	made := regexp.MustCompile(`"CreationDateTime":([0-9]+)`).FindSubmatch(reply.Body)
	if made == nil {
		panic("CreateTable: " + string(reply.Body))
	}
	seconds, _ := strconv.ParseInt(string(made[1]), 10, 64)
	off := time.Until(time.Unix(seconds, 0)) - clockAhead
	t.check(off > -time.Minute && off < time.Minute, "the clock of the running server jumps", fmt.Sprintf("it is off by %v", off))
	for {
		reply, err := c.Call("DescribeTable", []byte(`{"TableName":"`+table+`"}`))
		must(err)
		if strings.Contains(string(reply.Body), `"TableStatus":"ACTIVE"`) {
			return
		}
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	commands := map[string]func(*settings){"items": items, "transactions": transactions}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "check items|transactions [options]")
		os.Exit(2)
	}
	var s settings
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	flags.StringVar(&s.stator, "stator", "build/stator", "the server")
	flags.StringVar(&s.shim, "shim", "build/check/clock.so", "the clock to preload")
	flags.StringVar(&s.folder, "folder", "", "where data, clock and log go; a temporary one if empty")
	flags.Int64Var(&s.operations, "operations", 200000, "how many")
	flags.IntVar(&s.kills, "kills", 6, "how often the server is killed")
	flags.IntVar(&s.jumps, "jumps", 6, "how often the clock jumps while it runs")
	flags.IntVar(&s.clients, "clients", 64, "connections")
	flags.IntVar(&s.checkers, "checkers", 1, "goroutines that check histories")
	flags.Int64Var(&s.seed, "seed", 1, "what is drawn")
	flags.StringVar(&s.options, "options", "", "options of the server; if empty each life has other workers and another memory")
	flags.Parse(os.Args[2:])
	commands[os.Args[1]](&s)
}
