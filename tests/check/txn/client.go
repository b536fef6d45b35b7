// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"errors"
	"fmt"
	"math/rand"

	"stator/tests/check/node"
	"stator/tests/check/wire"
)

// client is one of those that work in a cell's worlds.
type client struct {
	id     int
	load   *Load
	cell   *cell
	conn   wire.Conn
	chance *rand.Rand
	tokens int
}

func (c *client) run() {
	for c.load.node.AwaitUp() {
		w := c.cell.enter()
		w.opening.Do(func() { c.openAccounts(w) })
		c.work(w)
		if ready := c.cell.leave(w, !c.load.more()); ready != nil {
			c.finish(ready)
		}
		if !c.load.more() {
			break
		}
	}
	c.conn.Close()
}

func (c *client) work(w *world) {
	switch draw := c.chance.Intn(100); {
	case draw < 38:
		c.write(w)
	case draw < 68:
		c.readLists(w, c.pick(w, 1+c.chance.Intn(5)), "get")
	case draw < 76:
		c.appendSingle(w)
	case draw < 84:
		c.getSingle(w)
	case draw < 88 && w.size.second:
		c.queryIndex(w)
	case draw < 94:
		c.transfer(w)
	default:
		c.readAccounts(w)
	}
}

// pick gives different lists in use, made now where there is none or a full one.
func (c *client) pick(w *world, count int) (lists []*list) {
	for _, slot := range c.chance.Perm(w.size.slots)[:min(count, w.size.slots)] {
		l := w.slot(slot)
		if l == nil || c.long(w, l) {
			if l = c.open(w, slot, l); l == nil {
				continue
			}
		}
		lists = append(lists, l)
	}
	return lists
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func (c *client) long(w *world, l *list) bool {
	_, known := l.guess()
	return len(known) >= w.size.perList
}

// open makes an empty list in a transaction of its own. Nobody knows of it before it is certainly there.
func (c *client) open(w *world, slot int, old *list) *list {
	l := w.reserve()
	done := c.transact(w, "open", []action{putAction(w, l, 0, nil, notExists)}, c.token(), &Txn{})
	if done != Committed {
		return nil
	}
	w.put(slot, old, l)
	return l
}

func (c *client) token() string {
	c.tokens++
	return fmt.Sprintf("%d-%d-%d", c.load.Seed, c.id, c.tokens)
}

// write is a transaction of up to ten actions over some lists.
func (c *client) write(w *world) {
	t := &Txn{Client: c.id, What: "write"}
	var actions []action
	for _, l := range c.pick(w, 1+c.chance.Intn(5)) {
		at, known := l.guess()
		length := len(known)
		element := w.next()
		switch draw := c.chance.Intn(20); {
		case draw < 4:
			actions = append(actions, checkAction(l, at, length))
			t.Reads = append(t.Reads, Read{Key: l.key, Length: length})
			continue
		case draw < 6: // elsewhere
			grown := append(append([]int64(nil), known...), element)
			actions = append(actions, deleteAction(l, at, length), putAction(w, l, 1-at, grown, notExists))
			t.Reads = append(t.Reads, Read{l.key, length, known})
		case draw < 8: // the same, written anew
			grown := append(append([]int64(nil), known...), element)
			actions = append(actions, putAction(w, l, at, grown, ofLength, number(":n", length)))
			t.Reads = append(t.Reads, Read{l.key, length, known})
		case draw < 10:
			actions = append(actions, updateAction(l, at, element, length))
			t.Reads = append(t.Reads, Read{Key: l.key, Length: length})
		default:
			actions = append(actions, updateAction(l, at, element, -1))
		}
		t.Appends = append(t.Appends, Append{l.key, element})
	}
	if len(actions) == 0 {
		return
	}
	token := ""
	if c.chance.Intn(6) > 0 {
		token = c.token()
	}
	c.transact(w, "write", actions, token, t)
	w.record(t)
}

// encodingFor says some transactions as statements, of those that can be.
func (c *client) encodingFor(actions []action) encoding {
	for _, a := range actions {
		if a.statement == "" {
			return actionsOf
		}
	}
	if c.chance.Intn(2) == 0 {
		return actionsOf
	}
	return statementsOf
}

// transact sends the transaction until its outcome is known; without a token it is sent once. The times of all attempts
// are the time of one transaction.
func (c *client) transact(w *world, what string, actions []action, token string, t *Txn) Outcome {
	as := c.encodingFor(actions)
	body := transaction(as, actions, token)
	t.Call = c.load.node.Now()
	for {
		reply, err := c.conn.Call(as.operation, body)
		t.Return = c.load.node.Now()
		c.load.pass()
		if err == nil && reply.Status < 500 {
			if wire.Throttled(reply) || wire.ErrorName(reply.Body) == "TransactionInProgressException" {
				continue
			}
			t.Outcome = c.outcome(w, reply, actions, t)
			break
		}
		t.Outcome, t.Return, t.Life = Unknown, node.Never, c.load.node.Life()
		if !errors.Is(err, wire.ErrUnsent) {
			c.load.lost(token)
			if token == "" {
				return Unknown
			}
		}
		if !c.load.node.AwaitUp() {
			return Unknown
		}
	}
	if t.Outcome == Committed && token != "" {
		c.again(as, actions, body, token)
	}
	return t.Outcome
}

// again repeats a transaction that was committed, now and then: the same changes nothing, another one is refused.
func (c *client) again(as encoding, actions []action, body []byte, token string) {
	switch c.chance.Intn(40) {
	case 0:
		reply, err := c.conn.Call(as.operation, body)
		if err == nil && reply.Status != 200 && reply.Status < 500 && !wire.Throttled(reply) {
			c.load.complain("a transaction that was committed, repeated with its token: " + string(reply.Body))
		}
		c.load.repeated(err == nil && reply.Status == 200)
	case 1:
		other := transaction(as, append(actions[:len(actions):len(actions)], updateAction(&list{name: "nowhere"}, 0, 0, -1)), token)
		reply, err := c.conn.Call(as.operation, other)
		if err == nil && reply.Status < 500 && !wire.Throttled(reply) && wire.ErrorName(reply.Body) != "IdempotentParameterMismatchException" {
			c.load.complain("another transaction with the same token: " + string(reply.Body))
		}
	}
}

// outcome reads the reply. The images beside the reasons of a cancellation are of one moment: they are a read.
func (c *client) outcome(w *world, reply wire.Reply, actions []action, t *Txn) Outcome {
	if reply.Status == 200 {
		return Committed
	}
	items, codes, ok := readAll(reply.Body, "CancellationReasons", true)
	if wire.ErrorName(reply.Body) != "TransactionCanceledException" || !ok || len(items) != len(actions) {
		c.load.complain("an answer that no transaction of the load deserves: " + string(reply.Body))
		return Aborted
	}
	read := &Txn{Client: c.id, What: "refused", Call: t.Call, Return: t.Return}
	reasons := 0
	for i, item := range items {
		if codes[i] == "ConditionalCheckFailed" || codes[i] == "TransactionConflict" {
			reasons++
		}
		if item.present && actions[i].list != nil {
			read.Reads = append(read.Reads, Read{actions[i].list.key, len(item.list), item.list})
		}
	}
	if reasons == 0 {
		c.load.complain("a cancellation without a reason: " + string(reply.Body))
	}
	if len(read.Reads) > 0 {
		w.record(read)
	}
	return Aborted
}
