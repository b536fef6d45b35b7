// SPDX-License-Identifier: Apache-2.0

package node

import (
	"errors"
	"fmt"
	"math/rand"
	"sync"
	"time"
)

// Pace tells the nemesis how far the load has come: what happens to the server is drawn in operations, not in seconds,
// so that a slow machine sees as many kills as a fast one.
type Pace struct {
	mutex  sync.Mutex
	passed *sync.Cond
	at     int64
	next   int64
}

// NewPace begins at no operations.
func NewPace() *Pace {
	p := &Pace{next: Never}
	p.passed = sync.NewCond(&p.mutex)
	return p
}

// Pass notes that so many operations were sent.
func (p *Pace) Pass(operations int64) {
	p.mutex.Lock()
	if operations > p.at {
		p.at = operations
	}
	if p.at >= p.next {
		p.passed.Signal()
	}
	p.mutex.Unlock()
}

// Close lets go of whoever waits for operations that will not come.
func (p *Pace) Close() { p.Pass(Never) }

func (p *Pace) over() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.at == Never
}

func (p *Pace) await(operations int64) {
	p.mutex.Lock()
	p.next = operations
	for p.at < operations {
		p.passed.Wait()
	}
	p.next = Never
	p.mutex.Unlock()
}

// Nemesis kills the server and moves its clock while a load runs.
type Nemesis struct {
	Kills      int
	Jumps      int           // of the clock, while the server runs; at each kill it may move too
	JumpMax    time.Duration // how far the clock may be off, either way
	Operations int64         // over which all this is spread
	Chance     *rand.Rand

	Killed, Jumped, Refused int
	Fault                   string // what went wrong with the server itself

	highest time.Duration // the server's clock at its highest, counted from the start of the run
}

// The server keeps the limit of its stamps 10 s ahead of the highest it gave, and refuses a start when the limit is 60 s
// ahead of the clock. Between the two bounds it depends on when the limit was last raised. Each life that begins with stamps ahead of
// the clock carries the limit a little further.
const (
	refuseFrom = 75 * time.Second
	acceptTo   = 45 * time.Second
	carried    = 200 * time.Millisecond
)

// Run does its work in order, and returns when the last kill is over or the server ended by itself.
func (m *Nemesis) Run(n *Node, pace *Pace) {
	events := m.Kills + m.Jumps
	order := m.Chance.Perm(events)
	width := m.Operations / int64(events+1)
	for i := 0; i < events && m.Fault == ""; i++ {
		pace.await(int64(i)*width + width/2 + m.Chance.Int63n(width/2+1))
		if pace.over() || n.Crashed() {
			return
		}
		if order[i] < m.Kills {
			m.kill(n)
		} else {
			m.jump(n)
		}
	}
}

func (m *Nemesis) jump(n *Node) {
	m.move(n)
	m.Jumped++
}

// move sets the clock near or far, ahead or behind.
func (m *Nemesis) move(n *Node) {
	far := int64(m.JumpMax)
	if m.Chance.Intn(2) == 0 {
		far /= 100
	}
	m.look(n)
	n.SetOffset(time.Duration(m.Chance.Int63n(2*far+1) - far))
}

// look notes how far the server's clock has come: its stamps are never behind that.
func (m *Nemesis) look(n *Node) time.Duration {
	wall := time.Duration(n.Now()) + n.Offset()
	if wall > m.highest {
		m.highest = wall
	}
	return wall
}

// kill ends a life and begins the next; the clock may have moved in between. What the server's stamps have seen of the clock
// decides whether it must refuse.
func (m *Nemesis) kill(n *Node) {
	m.look(n)
	n.Kill()
	m.Killed++
	if m.Chance.Intn(3) == 0 {
		m.move(n)
	}
	behind := m.highest - time.Duration(n.Now()) - n.Offset()
	err := n.Start(false)
	switch {
	case errors.Is(err, ErrClock) && behind < acceptTo-time.Duration(m.Killed)*carried:
		m.Fault = fmt.Sprintf("the server refused a clock that is %v behind", behind)
	case err == nil && behind > refuseFrom:
		m.Fault = fmt.Sprintf("the server started with a clock that is %v behind its stamps", behind)
	case errors.Is(err, ErrClock):
		m.Refused++
		err = n.Start(true)
	}
	if err != nil && m.Fault == "" {
		m.Fault = err.Error()
	}
	if m.Fault != "" {
		n.Finish()
	}
}
