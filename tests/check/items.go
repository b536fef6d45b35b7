// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/rand"
	"strings"
	"time"

	"stator/tests/check/item"
	"stator/tests/check/node"
)

const itemsJumpMax = 6 * time.Hour

// items is the command: single items and queries, linearizable each.
func items(s *settings) {
	t, began := &tally{}, time.Now()
	n := s.start()
	create(t, n, item.Table, item.CreateTable)

	load := &item.Load{Clients: s.clients, PerCell: 4, Operations: s.operations, Seed: s.seed, Checkers: s.checkers,
		Length: item.HistoryMax}
	nemesis := &node.Nemesis{Kills: s.kills, Jumps: s.jumps, JumpMax: itemsJumpMax, Operations: s.operations,
		Chance: rand.New(rand.NewSource(s.seed))}
	pace, done := node.NewPace(), make(chan bool)
	go func() { nemesis.Run(n, pace); close(done) }()
	load.Run(n, pace)
	pace.Close()
	<-done

	s.end(t, n, nemesis)
	t.check(load.Told == 0, fmt.Sprintf("%d histories of single items are linearizable", load.Histories),
		fmt.Sprintf("%d complaints\n%s", load.Told, strings.Join(load.Complaints, "\n")))
	t.check(load.Sent >= s.operations && nemesis.Killed == s.kills && nemesis.Jumped == s.jumps, "the run was worth its name",
		fmt.Sprintf("%d operations, %d kills, %d jumps", load.Sent, nemesis.Killed, nemesis.Jumped))
	seconds := time.Since(began).Seconds()
	fmt.Printf("counts operations=%d checked=%d histories=%d ambiguous=%d kills=%d jumps=%d refused_starts=%d violations=%d\n",
		load.Sent, load.Checked, load.Histories, load.Ambiguous, nemesis.Killed, nemesis.Jumped, nemesis.Refused, load.Told)
	fmt.Printf("%.1f s, %.0f operations/s\n", seconds, float64(load.Sent)/seconds)
	t.finish()
}
