// SPDX-License-Identifier: Apache-2.0

package item

import (
	"fmt"
	"math/rand"
	"sync"
	"sync/atomic"
	"time"

	"stator/tests/check/node"
)

// Load is a run: clients that work, checkers that follow them.
type Load struct {
	Clients, PerCell int
	Operations       int64 // requests to send
	Seed             int64
	Checkers         int
	Length           int // operations a history; HistoryMax at most

	// What came of it.
	Sent, Ambiguous, Histories, Checked int64
	Expired                             int64 // items that were seen due and then gone; there are more
	Complaints                          []string
	Told                                int64 // complaints, also those beyond the few that are kept

	node  *node.Node
	pace  *node.Pace
	mutex sync.Mutex
}

const (
	complaintsMax  = 10
	requestTimeout = 30 * time.Second
)

// Run works until all operations are sent and all histories are judged. The pace is told of each request.
func (l *Load) Run(n *node.Node, pace *node.Pace) {
	l.node, l.pace = n, pace
	done := make(chan *collection, 64)
	cells := make([]*cell, (l.Clients+l.PerCell-1)/l.PerCell)
	for i := range cells {
		cells[i] = &cell{prefix: fmt.Sprintf("c%d-", i), done: done, length: l.Length - room}
	}
	var clients, checkers sync.WaitGroup
	for i := 0; i < l.Checkers; i++ {
		checkers.Add(1)
		go func() { defer checkers.Done(); l.judge(done) }()
	}
	for i := 0; i < l.Clients; i++ {
		c := &client{id: i, load: l, cell: cells[i/l.PerCell], chance: rand.New(rand.NewSource(l.Seed<<16 + int64(i)))}
		c.conn.Address, c.conn.Timeout = n.Address, requestTimeout
		clients.Add(1)
		go func() { defer clients.Done(); c.run() }()
	}
	clients.Wait()
	for _, c := range cells {
		c.drain()
	}
	close(done)
	checkers.Wait()
}

func (l *Load) judge(done <-chan *collection) {
	for c := range done {
		c.close(l.node)
		for member, ops := range c.ops {
			if said := Check(ops); said != "" {
				l.complain(fmt.Sprintf("item %s/%d: %s", c.name, member, said))
			}
			atomic.AddInt64(&l.Histories, 1)
			atomic.AddInt64(&l.Expired, expired(ops))
			atomic.AddInt64(&l.Checked, int64(len(ops)))
		}
	}
}

func (l *Load) more() bool { return atomic.LoadInt64(&l.Sent) < l.Operations }

func (l *Load) count(by int64) { l.pace.Pass(atomic.AddInt64(&l.Sent, by)) }

func (l *Load) complain(text string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.Told++
	if len(l.Complaints) < complaintsMax {
		l.Complaints = append(l.Complaints, text)
	}
}

// expired counts the reads that found nothing where the last thing known was an item that is due, with no write since: nobody
// but the server took it.
func expired(history []*Op) (count int64) {
	due := int64(node.Never)
	for _, o := range history {
		switch {
		case o.Writes():
			due = node.Never
		case o.Kind == Get && o.Got.E == Due:
			due = o.Return
		case o.Kind == Get && !o.Got.Present && o.Call > due:
			count++
			due = node.Never
		}
	}
	return count
}
