// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"errors"
	"fmt"

	"stator/tests/check/node"
	"stator/tests/check/wire"
)

// readLists reads both homes of each list as one transaction: the list is at exactly one of them.
func (c *client) readLists(w *world, lists []*list, what string) bool {
	if len(lists) == 0 {
		return true
	}
	var names []string
	for _, l := range lists {
		names = append(names, home(l, 0), home(l, 1))
	}
	t := &Txn{Client: c.id, What: what, Call: c.load.node.Now()}
	operation, body := "TransactGetItems", gets(names)
	if c.chance.Intn(4) == 0 {
		operation, body = "ExecuteTransaction", selects(names)
	}
	reply, err := c.conn.Call(operation, body)
	t.Return = c.load.node.Now()
	c.load.pass()
	if err != nil || reply.Status >= 500 {
		return false
	}
	items, _, ok := readAll(reply.Body, "Responses", true)
	if !ok || len(items) != len(names) {
		return c.refusedRead(reply)
	}
	for i, l := range lists {
		a, b := items[2*i], items[2*i+1]
		if a.present == b.present {
			c.load.complain(fmt.Sprintf("torn transaction: list %s is at both homes or at none: %+v %+v", l.name, a, b))
			return true
		}
		at, found := 0, a
		if b.present {
			at, found = 1, b
		}
		l.learn(at, found.list)
		t.Reads = append(t.Reads, Read{l.key, len(found.list), found.list})
	}
	w.record(t)
	return true
}

// refusedRead: a read may lose against writes that are under way, and for no other reason.
func (c *client) refusedRead(reply wire.Reply) bool {
	if wire.ErrorName(reply.Body) != "TransactionCanceledException" && !wire.Throttled(reply) {
		c.load.complain("a read of a transaction was refused: " + string(reply.Body))
	}
	return false
}

// appendSingle is an UpdateItem: its reply has the list with the new element at the end.
func (c *client) appendSingle(w *world) {
	for _, l := range c.pick(w, 1) {
		at, _ := l.guess()
		element := w.next()
		body := `{` + key(home(l, at)) + appendExpression + condition(exists, `":x":`+elements([]int64{element})) +
			`,"ReturnValues":"UPDATED_NEW"}`
		t := &Txn{Client: c.id, What: "update", Call: c.load.node.Now(), Appends: []Append{{l.key, element}}}
		reply, err := c.conn.Call("UpdateItem", []byte(body))
		t.Return = c.load.node.Now()
		c.load.pass()
		switch {
		case errors.Is(err, wire.ErrUnsent) || err == nil && wire.Throttled(reply):
			return
		case err != nil || reply.Status >= 500:
			c.load.lost("")
			t.Outcome, t.Return, t.Life = Unknown, node.Never, c.load.node.Life()
		case reply.Status != 200:
			c.refusedWrite(reply, t)
		default:
			c.afterUpdate(reply, l, at, t)
		}
		w.record(t)
	}
}

func (c *client) refusedWrite(reply wire.Reply, t *Txn) {
	t.Outcome = Aborted
	name := wire.ErrorName(reply.Body)
	if name != "ConditionalCheckFailedException" && name != "TransactionConflictException" {
		c.load.complain("an update was refused: " + string(reply.Body))
	}
}

func (c *client) afterUpdate(reply wire.Reply, l *list, at int, t *Txn) {
	var after []int64
	s := wire.NewScan(reply.Body)
	s.Object(func(string) { after = readShown(s).list })
	last := len(after) - 1
	if s.Bad || last < 0 || after[last] != t.Appends[0].Element {
		c.load.complain("an update's reply does not end in its element: " + string(reply.Body))
		return
	}
	l.learn(at, after)
	t.Reads = []Read{{l.key, last, after[:last:last]}}
}

func (c *client) getSingle(w *world) {
	for _, l := range c.pick(w, 1) {
		at, _ := l.guess()
		t := &Txn{Client: c.id, What: "get item", Call: c.load.node.Now()}
		reply, err := c.conn.Call("GetItem", []byte(`{`+key(home(l, at))+`,"ConsistentRead":true}`))
		t.Return = c.load.node.Now()
		c.load.pass()
		if err != nil || reply.Status >= 500 || wire.Throttled(reply) {
			return
		}
		var found shown
		s := wire.NewScan(reply.Body)
		s.Object(func(string) { found = readShown(s) })
		if s.Bad || reply.Status != 200 {
			c.load.complain("a GetItem was refused: " + string(reply.Body))
		} else if found.present {
			l.learn(at, found.list)
			t.Reads = []Read{{l.key, len(found.list), found.list}}
			w.record(t)
		}
	}
}

// queryIndex reads all lists of a world by the global index. Each is a read of its own: a page is of no one moment. A list that
// moves meanwhile may be seen at both homes, or at none.
func (c *client) queryIndex(w *world) {
	body := `{"TableName":"CheckLists","IndexName":"byWorld","KeyConditionExpression":"g = :g",` +
		`"ExpressionAttributeValues":{":g":{"S":"` + w.name + `"}}}`
	call := c.load.node.Now()
	reply, err := c.conn.Call("Query", []byte(body))
	end := c.load.node.Now()
	c.load.pass()
	if err != nil || reply.Status >= 500 || wire.Throttled(reply) {
		return
	}
	items, _, ok := readAll(reply.Body, "Items", false)
	if !ok || reply.Status != 200 {
		c.load.complain("a Query was refused: " + string(reply.Body))
		return
	}
	w.mutex.Lock()
	lists := append([]*list(nil), w.lists...)
	w.mutex.Unlock()
	for _, l := range lists {
		for _, item := range items {
			if item.name == home(l, 0) || item.name == home(l, 1) {
				w.record(&Txn{Client: c.id, What: "query", Call: call, Return: end, Loose: true,
					Reads: []Read{{l.key, len(item.list), item.list}}})
			}
		}
	}
}

// finish reads everything that a world has, when nobody changes it any more, and judges the history.
func (c *client) finish(w *world) {
	const atOnce = 25
	made := w.made()
	for start := 0; start < len(made); {
		end := min(start+atOnce, len(made))
		if c.readLists(w, made[start:end], "last get") {
			start = end
		} else if !c.load.node.AwaitUp() {
			return
		}
	}
	c.load.judge(w)
}

// made are the lists that are certainly there: whoever made one put it into use, or found that somebody was faster.
func (w *world) made() (lists []*list) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, l := range w.lists {
		if l.there {
			lists = append(lists, l)
		}
	}
	return lists
}
