// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"time"

	"stator/tests/check/item"
	"stator/tests/check/node"
	"stator/tests/check/wire"
)

const itemsJumpMax = 6 * time.Hour

// items is the command: single items and queries, linearizable each.
func items(s *settings) {
	t, began := &tally{}, time.Now()
	n := s.start()
	create(t, n, item.Table, item.CreateTable)
	expire(t, n)

	load := &item.Load{Clients: s.clients, PerCell: 4, Operations: s.operations, Seed: s.seed, Checkers: s.checkers,
		Length: item.HistoryMax}
	nemesis := &node.Nemesis{Kills: s.kills, Jumps: s.jumps, JumpMax: itemsJumpMax, Operations: s.operations,
		Chance: rand.New(rand.NewSource(s.seed))}
	pace, done := node.NewPace(), make(chan bool)
	go func() { nemesis.Run(n, pace); close(done) }()
	go s.watch(n, &load.Sent)
	load.Run(n, pace)
	pace.Close()
	<-done

	if !n.Crashed() && nemesis.Fault == "" {
		behind(t, n)
	}
	s.end(t, n, nemesis)
	t.check(load.Told == 0, fmt.Sprintf("%d histories of single items are linearizable", load.Histories),
		fmt.Sprintf("%d complaints\n%s", load.Told, strings.Join(load.Complaints, "\n")))
	t.check(load.Sent >= s.operations && load.Expired > 0 && nemesis.Killed == s.kills && nemesis.Jumped == s.jumps, "the run was worth its name",
		fmt.Sprintf("%d operations, %d expired, %d kills, %d jumps", load.Sent, load.Expired, nemesis.Killed, nemesis.Jumped))
	seconds := time.Since(began).Seconds()
	fmt.Printf("counts operations=%d checked=%d histories=%d ambiguous=%d expired=%d kills=%d jumps=%d refused_starts=%d violations=%d\n",
		load.Sent, load.Checked, load.Histories, load.Ambiguous, load.Expired, nemesis.Killed, nemesis.Jumped, nemesis.Refused, load.Told)
	fmt.Printf("%.1f s, %.0f operations/s\n", seconds, float64(load.Sent)/seconds)
	t.finish()
}

// expire switches time to live on: from then on the server itself removes items that are due.
func expire(t *tally, n *node.Node) {
	c := &wire.Conn{Address: n.Address, Timeout: time.Minute}
	defer c.Close()
	reply, err := c.Call("UpdateTimeToLive", []byte(item.Expire))
	t.check(err == nil && reply.Status == 200, "items may expire", fmt.Sprint(err, string(reply.Body)))
}

// behind starts the server with a clock that is far behind the last life's, which it must refuse, unless it is told to accept it. Before it was
// killed it was told to write, so that its stamps had seen the clock.
func behind(t *tally, n *node.Node) {
	c := &wire.Conn{Address: n.Address, Timeout: time.Minute}
	put := []byte(`{"TableName":"CheckItems","Item":{"pk":{"S":"clock"},"sk":{"S":"0"}}}`)
	ahead := n.Offset() + 3*itemsJumpMax
	must(n.SetOffset(ahead))
	reply, err := c.Call("PutItem", put)
	t.check(err == nil && reply.Status == 200, "a write with a clock far ahead", fmt.Sprint(err, string(reply.Body)))
	n.Kill()
	must(n.SetOffset(ahead - 2*time.Minute))
	err = n.Start(false)
	t.check(errors.Is(err, node.ErrClock), "a start two minutes behind the stamps is refused", fmt.Sprint(err))
	must(n.SetOffset(ahead - 20*time.Second))
	t.check(n.Start(false) == nil, "a start twenty seconds behind the stamps is not", n.LogTail())
	c.Close()
	reply, err = c.Call("PutItem", put)
	t.check(err == nil && reply.Status == 200, "a write twenty seconds behind", fmt.Sprint(err, string(reply.Body)))
	n.Kill()
	must(n.SetOffset(ahead - itemsJumpMax))
	t.check(n.Start(true) == nil, "a start hours behind, with --accept-clock", n.LogTail())
	c.Close()
	reply, err = c.Call("PutItem", put)
	t.check(err == nil && reply.Status == 200, "a write hours behind", fmt.Sprint(err, string(reply.Body)))
}
