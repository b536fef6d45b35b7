// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// list is one key of a history: a list of elements at one of two homes. What clients know of it is a guess.
type list struct {
	key   int
	name  string
	mutex sync.Mutex
	there bool // certainly made
	home  int
	known []int64
}

func (l *list) guess() (home int, known []int64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.home, l.known
}

// learn keeps what was read, unless more is known.
func (l *list) learn(home int, read []int64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(read) >= len(l.known) {
		l.home, l.known = home, read
	}
}

// world is a set of lists that only meet each other: one history. Lists that have grown long are left and others made.
type world struct {
	name    string
	size    *size
	element int64 // the last one used; atomic

	mutex   sync.Mutex
	users   int
	full    bool
	txns    []*Txn
	lists   []*list // every one that was made; the key is the position
	slots   []*list // those in use
	opening sync.Once
}

// size says how large a world is.
type size struct {
	clients  int
	slots    int // lists in use at a time
	perList  int // elements after which a list is left
	txnsMax  int // after which the history is judged
	accounts int
	second   bool // small enough for a second opinion
}

func (w *world) next() int64 { return atomic.AddInt64(&w.element, 1) }

func (w *world) record(t *Txn) {
	w.mutex.Lock()
	w.txns = append(w.txns, t)
	w.mutex.Unlock()
}

// reserve names a new list.
func (w *world) reserve() *list {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	l := &list{key: len(w.lists), name: fmt.Sprintf("%s.%d", w.name, len(w.lists))}
	w.lists = append(w.lists, l)
	return l
}

func (w *world) slot(i int) *list {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.slots[i]
}

// put takes a list that was made into use, unless somebody was faster.
func (w *world) put(i int, old, l *list) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	l.there = true
	if w.slots[i] == old {
		w.slots[i] = l
	}
}

// cell is where some clients meet: one world after the other.
type cell struct {
	prefix string
	size   size
	mutex  sync.Mutex
	count  int
	now    *world
}

func (c *cell) enter() *world {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.now == nil {
		c.count++
		c.now = &world{name: fmt.Sprintf("%s%d", c.prefix, c.count), size: &c.size, slots: make([]*list, c.size.slots)}
	}
	c.now.mutex.Lock()
	defer c.now.mutex.Unlock()
	c.now.users++
	return c.now
}

// leave gives the world to the caller when it is to be judged: its history is long enough, or the run is over, and nobody
// else is in it.
func (c *cell) leave(w *world, over bool) *world {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.users--
	if over || len(w.txns) >= c.size.txnsMax {
		w.full = true
		if c.now == w {
			c.now = nil
		}
	}
	if w.full && w.users == 0 {
		return w
	}
	return nil
}
