// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/rand"
	"strings"
	"time"

	"stator/tests/check/node"
	"stator/tests/check/txn"
)

// Request tokens are kept for ten minutes of the wall clock, so a jump must stay below that between an attempt and its
// repetition.
const transactionsJumpMax = 4 * time.Minute

// transactions is the command: histories of transactions, strictly serializable; sums; tokens.
func transactions(s *settings) {
	t, began := &tally{}, time.Now()
	n := s.start()
	create(t, n, txn.Table, txn.CreateTable)
	load := &txn.Load{Clients: s.clients, Operations: s.operations, Seed: s.seed}
	nemesis := &node.Nemesis{Kills: s.kills, Jumps: s.jumps, JumpMax: transactionsJumpMax, Operations: s.operations,
		Chance: rand.New(rand.NewSource(s.seed))}
	pace, done := node.NewPace(), make(chan bool)
	go func() { nemesis.Run(n, pace); close(done) }()
	go s.watch(n, &load.Sent)
	load.Run(n, pace)
	pace.Close()
	<-done

	s.end(t, n, nemesis)
	t.check(load.Told == 0, "transactions are strictly serializable",
		fmt.Sprintf("%d complaints\n%s", load.Told, strings.Join(load.Complaints, "\n")))
	worth := load.Sent >= s.operations && nemesis.Killed == s.kills && load.Committed > load.Transactions/2 && load.Audits > 0 &&
		load.Second > 0 && load.Aborted > 0 && (s.kills == 0 || load.LostWithToken > 0)
	counts := fmt.Sprintf("requests=%d transactions=%d committed=%d aborted=%d histories=%d judged_twice=%d lost=%d lost_with_token=%d "+
		"repeated=%d audits=%d kills=%d jumps=%d violations=%d", load.Sent, load.Transactions, load.Committed, load.Aborted, load.Histories,
		load.Second, load.Lost, load.LostWithToken, load.Repeated, load.Audits, nemesis.Killed, nemesis.Jumped, load.Told)
	t.check(worth, "the run was worth its name", counts)
	fmt.Println("counts", counts)
	seconds := time.Since(began).Seconds()
	fmt.Printf("%.1f s, %.0f requests/s\n", seconds, float64(load.Sent)/seconds)
	t.finish()
}
