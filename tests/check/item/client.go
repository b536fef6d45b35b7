// SPDX-License-Identifier: Apache-2.0

package item

import (
	"errors"
	"math/rand"
	"strconv"
	"sync/atomic"

	"stator/tests/check/node"
	"stator/tests/check/wire"
)

// client is one of many that work on the collections of a cell.
type client struct {
	id      int
	load    *Load
	cell    *cell
	conn    wire.Conn
	chance  *rand.Rand
	body    []byte
	mixture []Kind
}

// shares says how often each kind is drawn.
var shares = [kinds]int{Get: 18, GetEventual: 8, Put: 12, PutNew: 5, PutIf: 6, Delete: 6, DeleteIf: 3, Add: 10, Append: 8,
	Move: 5, Date: 3, SQLSelect: 3, SQLInsert: 1, SQLUpdate: 2, SQLDelete: 1, QueryBase: 4, QueryLocal: 4, QueryGlobal: 4, BatchGet: 2,
	BatchWrite: 2}

func mixture() (drawn []Kind) {
	for kind, share := range shares {
		for i := 0; i < share; i++ {
			drawn = append(drawn, Kind(kind))
		}
	}
	return drawn
}

// run works until the load is over.
func (c *client) run() {
	c.mixture = mixture()
	for c.load.node.AwaitUp() && c.load.more() {
		used := c.cell.enter(func(count int) string { return c.cell.prefix + strconv.Itoa(count) })
		switch kind := c.mixture[c.chance.Intn(len(c.mixture))]; kind {
		case QueryBase, QueryLocal, QueryGlobal:
			c.query(used, kind)
		case BatchGet:
			c.batchGet(used)
		case BatchWrite:
			c.batchWrite(used)
		default:
			c.single(used, kind)
		}
		c.cell.leave(used, false)
	}
	c.conn.Close()
}

// One member of a collection is left in peace for a second or two at a time, as long as the server takes to remove what is due: most
// of what would replace it reads it instead.
const (
	quiet   = MemberMax - 1
	patient = 30
)

func (c *client) calm(member int, kind Kind) Kind {
	switch kind {
	case Put, PutNew, PutIf, Delete, DeleteIf, Date, SQLInsert, SQLDelete:
		if member == quiet && c.chance.Intn(patient) > 0 {
			return Get
		}
	}
	return kind
}

// draw makes up an operation.
func (c *client) draw(used *collection, kind Kind) *Op {
	member := c.chance.Intn(MemberMax)
	kind = c.calm(member, kind)
	o := &Op{Kind: kind, Client: c.id, Member: member, W: used.nextWrite()}
	some := func(of ...Returns) { o.Returns = of[c.chance.Intn(len(of))] }
	switch kind {
	case Put:
		some(None, None, AllOld)
		o.New = c.image(o.W)
	case PutNew, PutIf:
		some(None, AllOld)
		o.New, o.Told = c.image(o.W), c.chance.Intn(2) == 0
	case Delete:
		some(None, AllOld)
	case DeleteIf:
		some(None, AllOld)
		o.Told = c.chance.Intn(2) == 0
	case Add:
		some(UpdatedNew, UpdatedNew, UpdatedOld, AllNew, None)
		o.Amount = 1 + c.chance.Int63n(9)
	case Append:
		some(AllNew, UpdatedNew, UpdatedOld, AllOld, None)
		o.Amount = o.W
	case Move:
		some(AllNew, AllOld, UpdatedNew, None)
		o.New.G = int8(c.chance.Intn(GroupMax + 1))
	case Date:
		some(AllNew, AllOld, UpdatedOld, None)
		o.New.E = c.expiry()
	case SQLInsert:
		o.New = Image{Present: true, W: o.W, HasC: true, HasL: true, L: strconv.FormatInt(o.W, 10)}
	case SQLUpdate:
		some(AllNew, AllOld, None)
	case SQLDelete:
		some(AllOld, None)
	}
	if member == quiet && o.New.Present && kind != SQLInsert && c.chance.Intn(2) == 0 {
		o.New.E = c.expiry()
	}
	if kind == PutIf || kind == DeleteIf {
		o.Expect = atomic.LoadInt64(&used.known[o.Member])
	}
	return o
}

// image is a new item, as a Put would write it.
func (c *client) image(w int64) Image {
	i := Image{Present: true, W: w, G: int8(c.chance.Intn(GroupMax + 1))}
	if c.chance.Intn(2) == 0 {
		i.HasC, i.C = true, 0
	}
	if c.chance.Intn(2) == 0 {
		i.HasL, i.L = true, strconv.FormatInt(w, 10)
	}
	if c.chance.Intn(10) == 0 {
		i.E = c.expiry()
	}
	switch c.chance.Intn(200) {
	case 0:
		i.P = c.chance.Intn(paddingMax)
	case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10:
		i.P = 1 + c.chance.Intn(800)
	}
	return i
}

func (c *client) expiry() int8 { return Later + int8(c.chance.Intn(2)) }

func (c *client) single(used *collection, kind Kind) {
	o := c.draw(used, kind)
	operation, body := request(c.body[:0], used.name, o)
	c.body = body
	o.Call = c.load.node.Now()
	reply, err := c.conn.Call(operation, body)
	o.Return = c.load.node.Now()
	c.load.count(1)
	if err == nil && wire.Throttled(reply) {
		return
	}
	if err != nil {
		o.Outcome, o.Told = Ambiguous, false
	} else if strange := answer(o, used.name, reply); strange != "" {
		c.load.complain(used.name + ": " + o.String() + "\n" + strange)
		return
	}
	if o.Outcome != Ambiguous {
		used.record(o)
		return
	}
	o.Told, o.Return, o.Life = false, node.Never, c.load.node.Life()
	if o.Writes() && !errors.Is(err, wire.ErrUnsent) {
		atomic.AddInt64(&c.load.Ambiguous, 1)
		used.record(o)
	}
}

// query reads a collection page by page, with a small limit now and then so that there are several.
func (c *client) query(used *collection, kind Kind) {
	limit := []int{0, 1, 1, 2, 3}[c.chance.Intn(5)]
	p := newPage(kind, int8(1+c.chance.Intn(GroupMax)), c.chance.Intn(2) == 0, limit)
	const pagesMax = 6 // items move to the end of an index while it is read
	for i := 0; i < pagesMax; i++ {
		c.body = p.request(c.body[:0], used.name)
		call := c.load.node.Now()
		reply, err := c.conn.Call("Query", c.body)
		end := c.load.node.Now()
		c.load.count(1)
		if err != nil || reply.Status >= 500 || wire.Throttled(reply) {
			return
		}
		if reply.Status != 200 {
			c.load.complain("a Query was refused: " + string(reply.Body))
			return
		}
		got, from, to, more, strange := p.answer(used.name, reply.Body)
		if strange != "" {
			c.load.complain(used.name + ": " + strange)
			return
		}
		c.recordPage(used, Op{Kind: kind, Client: c.id, Group: p.group, From: from, To: to, Call: call, Return: end, Told: true}, got)
		if !more {
			return
		}
	}
}

func (c *client) recordPage(used *collection, of Op, got [MemberMax]Image) {
	for member := range got {
		if of.Kind == QueryBase && (int64(member) < of.From || int64(member) > of.To) {
			continue
		}
		o := of
		o.Member, o.Got = member, got[member]
		used.record(&o)
	}
}
