// SPDX-License-Identifier: Apache-2.0

package item

import (
	"errors"
	"sync/atomic"

	"stator/tests/check/node"
	"stator/tests/check/wire"
)

// A batch is as many operations as it has members, all at one time: nothing is promised of them together. So each goes
// into the history of its item, as the GetItem, PutItem or DeleteItem that it could have been.

// members draws some of the collection, each once.
func (c *client) members() []int { return c.chance.Perm(MemberMax)[:1+c.chance.Intn(MemberMax)] }

func (c *client) batchGet(used *collection) {
	chosen := c.members()
	b := append(c.body[:0], `{"RequestItems":{"CheckItems":{"ConsistentRead":true,"Keys":[`...)
	for i, member := range chosen {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendKey(append(b, '{'), used.name, member), '}')
	}
	c.body = append(b, "]}}}"...)
	call := c.load.node.Now()
	reply, err := c.conn.Call("BatchGetItem", c.body)
	end := c.load.node.Now()
	c.load.count(1)
	if err != nil || reply.Status >= 500 || wire.Throttled(reply) {
		return
	}
	got, left, strange := readBatch(used.name, reply.Body)
	if strange || left || reply.Status != 200 {
		c.load.complain(used.name + ": a BatchGetItem: " + string(reply.Body))
		return
	}
	for _, member := range chosen {
		used.record(&Op{Kind: Get, Client: c.id, Member: member, Call: call, Return: end, Told: true, Got: got[member]})
	}
}

// readBatch reads what a batch shows, and whether it left anything undone: these batches are small, so it must not.
func readBatch(collection string, body []byte) (got [MemberMax]Image, left, strange bool) {
	s := wire.NewScan(body)
	s.Object(func(name string) {
		s.Object(func(table string) {
			if name != "Responses" {
				left = true
				s.Skip()
				return
			}
			s.Array(func() {
				item := readItem(s, collection)
				if item.Member < 0 || item.Foreign || got[item.Member].Present {
					strange = true
					return
				}
				got[item.Member] = item.Image
			})
		})
	})
	return got, left, strange || s.Bad
}

func (c *client) batchWrite(used *collection) {
	var ops []*Op
	for _, member := range c.members() {
		if c.calm(member, Put) != Put {
			continue
		}
		o := &Op{Kind: Delete, Client: c.id, Member: member, W: used.nextWrite()}
		if c.chance.Intn(4) > 0 {
			o.Kind, o.New = Put, c.image(o.W)
		}
		ops = append(ops, o)
	}
	if len(ops) == 0 {
		return
	}
	c.body = appendBatch(c.body[:0], used.name, ops)
	call := c.load.node.Now()
	reply, err := c.conn.Call("BatchWriteItem", c.body)
	end := c.load.node.Now()
	c.load.count(1)
	if err == nil && wire.Throttled(reply) {
		return
	}
	outcome := OK
	if err != nil || reply.Status >= 500 {
		outcome, end = Ambiguous, node.Never
	} else if _, left, strange := readBatch(used.name, reply.Body); left || strange || reply.Status != 200 {
		c.load.complain(used.name + ": a BatchWriteItem: " + string(reply.Body))
		return
	}
	if errors.Is(err, wire.ErrUnsent) {
		return
	}
	life := c.load.node.Life()
	for _, o := range ops {
		o.Call, o.Return, o.Outcome, o.Life = call, end, outcome, life
		used.record(o)
	}
	if outcome == Ambiguous {
		atomic.AddInt64(&c.load.Ambiguous, 1)
	}
}

func appendBatch(b []byte, collection string, ops []*Op) []byte {
	b = append(b, `{"RequestItems":{"CheckItems":[`...)
	for i, o := range ops {
		if i > 0 {
			b = append(b, ',')
		}
		if o.Kind == Put {
			b = append(appendItem(append(b, `{"PutRequest":{"Item":`...), collection, o.Member, o.New), "}}"...)
		} else {
			b = append(appendKey(append(b, `{"DeleteRequest":{"Key":{`...), collection, o.Member), "}}}"...)
		}
	}
	return append(b, "]}}"...)
}
