// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"fmt"
	"math/rand"
	"sync"
	"sync/atomic"
	"time"

	"stator/tests/check/node"
)

// Load is a run: clients that work and judge.
type Load struct {
	Clients    int
	Operations int64 // requests to send
	Seed       int64

	// What came of it; atomic until Run returns.
	Sent, Histories, Second, Transactions, Committed, Aborted int64
	Lost, LostWithToken, Repeated, Audits                     int64
	Told                                                      int64
	Complaints                                                []string

	node  *node.Node
	pace  *node.Pace
	mutex sync.Mutex
}

const (
	complaintsMax  = 10
	requestTimeout = 30 * time.Second
)

// Most clients meet in small worlds, whose histories are judged twice; a few dozen share a wide one.
var (
	small = size{clients: 4, slots: 5, perList: 24, txnsMax: 250, accounts: 4, second: true}
	wide  = size{clients: 24, slots: 20, perList: 80, txnsMax: 20000, accounts: 10}
)

// Run works until all requests are sent and all histories are judged.
func (l *Load) Run(n *node.Node, pace *node.Pace) {
	l.node, l.pace = n, pace
	var clients sync.WaitGroup
	here := &cell{prefix: "wide", size: wide}
	for i := 0; i < l.Clients; i++ {
		if i >= wide.clients && (i-wide.clients)%small.clients == 0 {
			here = &cell{prefix: fmt.Sprintf("small%d-", i), size: small}
		}
		c := &client{id: i, load: l, cell: here, chance: rand.New(rand.NewSource(l.Seed<<16 + int64(i)))}
		c.conn.Address, c.conn.Timeout = n.Address, requestTimeout
		clients.Add(1)
		go func() { defer clients.Done(); c.run() }()
	}
	clients.Wait()
}

func (l *Load) judge(w *world) {
	for _, t := range w.txns {
		switch t.Outcome {
		case Unknown:
			t.Return = l.node.Closed(t.Life)
		case Committed:
			atomic.AddInt64(&l.Committed, 1)
		case Aborted:
			atomic.AddInt64(&l.Aborted, 1)
		}
	}
	atomic.AddInt64(&l.Transactions, int64(len(w.txns)))
	atomic.AddInt64(&l.Histories, 1)
	said := Check(w.txns)
	if said != "" {
		l.complain("world " + w.name + ": " + said)
	}
	if w.size.second {
		l.compare(w, said)
	}
}

// compare asks for the second opinion. One that is not found in time is none; both must agree.
func (l *Load) compare(w *world, said string) {
	right, decided := SecondOpinion(w.txns, len(w.lists))
	if !decided {
		return
	}
	atomic.AddInt64(&l.Second, 1)
	if right != (said == "") {
		l.complain(fmt.Sprintf("world %s: the checkers disagree: %q, %v", w.name, said, right))
	}
}

func (l *Load) more() bool { return atomic.LoadInt64(&l.Sent) < l.Operations }

func (l *Load) pass() { l.pace.Pass(atomic.AddInt64(&l.Sent, 1)) }

func (l *Load) lost(token string) {
	atomic.AddInt64(&l.Lost, 1)
	if token != "" {
		atomic.AddInt64(&l.LostWithToken, 1)
	}
}

func (l *Load) repeated(answered bool) {
	if answered {
		atomic.AddInt64(&l.Repeated, 1)
	}
}

func (l *Load) audited() { atomic.AddInt64(&l.Audits, 1) }

func (l *Load) complain(text string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.Told++
	if len(l.Complaints) < complaintsMax {
		l.Complaints = append(l.Complaints, text)
	}
}
