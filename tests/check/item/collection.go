// SPDX-License-Identifier: Apache-2.0

package item

import (
	"sync"
	"sync/atomic"

	"stator/tests/check/node"
)

// HistoryMax is how many operations a history has at most.
const HistoryMax = 2000

// collection is a few items of one partition key, and what was done to each.
type collection struct {
	name   string
	writes int64            // the number of the last write; atomic
	known  [MemberMax]int64 // the write that a client last saw on the member: what conditions guess; atomic
	mutex  sync.Mutex
	users  int
	full   bool
	ops    [MemberMax][]*Op
}

func (c *collection) nextWrite() int64 { return atomic.AddInt64(&c.writes, 1) }

// record adds an operation that is over, or will never be.
func (c *collection) record(o *Op) {
	if o.Told && o.Got.Present && o.Got.W != 0 {
		atomic.StoreInt64(&c.known[o.Member], o.Got.W)
	} else if o.Writes() && o.Outcome == OK {
		atomic.StoreInt64(&c.known[o.Member], o.W)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.ops[o.Member] = append(c.ops[o.Member], o)
}

// room is for what is under way when a history is declared full: a client adds one operation, or three pages.
const room = 64

// cell is where some clients meet: one collection after the other.
type cell struct {
	prefix string
	mutex  sync.Mutex
	count  int
	now    *collection
	length int
	done   chan<- *collection
}

// enter gives the collection that is in use and counts the caller in.
func (c *cell) enter(name func(count int) string) *collection {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.now == nil {
		c.count++
		c.now = &collection{name: name(c.count)}
	}
	c.now.mutex.Lock()
	defer c.now.mutex.Unlock()
	c.now.users++
	return c.now
}

// leave counts the caller out; a collection whose histories are long enough gets no new callers, and goes to be checked
// with the last of the old ones.
func (c *cell) leave(used *collection, over bool) {
	c.mutex.Lock()
	used.mutex.Lock()
	for i := range used.ops {
		over = over || len(used.ops[i]) >= c.length
	}
	if over && !used.full {
		used.full = true
		if c.now == used {
			c.now = nil
		}
	}
	used.users--
	ready := used.full && used.users == 0
	used.mutex.Unlock()
	c.mutex.Unlock()
	if ready {
		c.done <- used
	}
}

// drain hands over what is left when all clients have gone.
func (c *cell) drain() {
	c.mutex.Lock()
	left := c.now
	c.now = nil
	c.mutex.Unlock()
	if left != nil {
		c.done <- left
	}
}

// close ends what is ambiguous where the process that could carry it out had ended.
func (c *collection) close(n *node.Node) {
	for _, ops := range c.ops {
		for _, o := range ops {
			if o.Outcome == Ambiguous {
				o.Return = n.Closed(o.Life)
			}
		}
	}
}
