// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"fmt"
	"sort"
	"strings"
)

// kind is why one transaction must stand before another.
type kind uint8

const (
	ww       kind = iota // the next writer of a key
	wr                   // read what the other wrote
	rw                   // the other overwrote what was read
	realTime             // over before the other began
)

var kindNames = [...]string{"ww", "wr", "rw", "time"}

type edge struct {
	to   int
	kind kind
	key  int
}

// graph has the transactions as nodes 0..n-1; behind them, nodes for moments, so that real time needs few edges.
type graph struct {
	h     *history
	edges [][]edge
}

// Check says what is wrong with a history, "" when it is strictly serializable.
func Check(all []*Txn) string {
	h, said := settle(all)
	if said != "" {
		return said
	}
	g := &graph{h: h, edges: make([][]edge, len(h.txns))}
	g.dependencies()
	g.realTime()
	cycle := g.cycle()
	if cycle == nil {
		return ""
	}
	return g.describe(cycle)
}

func (g *graph) link(from, to int, kind kind, key int) {
	if from != to {
		g.edges[from] = append(g.edges[from], edge{to, kind, key})
	}
}

// dependencies: along the order of each key, and at each read to both sides.
func (g *graph) dependencies() {
	for key, order := range g.h.orders {
		for i := 1; i < len(order); i++ {
			g.link(g.h.writers[order[i-1]], g.h.writers[order[i]], ww, key)
		}
	}
	for at, t := range g.h.txns {
		for _, r := range t.Reads {
			order := g.h.orders[r.Key]
			if r.Length > 0 {
				g.link(g.h.writers[order[r.Length-1]], at, wr, r.Key)
			}
			if r.Length < len(order) {
				g.link(at, g.h.writers[order[r.Length]], rw, r.Key)
			}
		}
	}
}

// realTime makes a chain of moments, one for each end of a transaction: the transaction leads to the moment of its end,
// the last moment before a beginning leads to the transaction that begins.
func (g *graph) realTime() {
	count := len(g.h.txns)
	calls, ends := make([]int, count), make([]int, count)
	for i := range calls {
		calls[i], ends[i] = i, i
	}
	sort.Slice(calls, func(i, j int) bool { return g.h.txns[calls[i]].Call < g.h.txns[calls[j]].Call })
	sort.Slice(ends, func(i, j int) bool { return g.h.txns[ends[i]].Return < g.h.txns[ends[j]].Return })
	g.edges = append(g.edges, make([][]edge, count)...)
	next := 0
	for _, t := range calls {
		for next < count && g.h.txns[ends[next]].Return < g.h.txns[t].Call {
			g.link(ends[next], count+next, realTime, 0)
			if next > 0 {
				g.link(count+next-1, count+next, realTime, 0)
			}
			next++
		}
		if next > 0 {
			g.link(count+next-1, t, realTime, 0)
		}
	}
}

// describe names the anomaly by the edges of its cycle and shows the transactions.
func (g *graph) describe(cycle []step) string {
	var text strings.Builder
	var counts [4]int
	count := len(g.h.txns)
	reason := ""
	for _, s := range cycle {
		counts[s.edge.kind]++
		if s.node < count {
			if reason != "" {
				fmt.Fprintf(&text, "      | %s\n", reason)
			}
			fmt.Fprintf(&text, "  %v\n", g.h.txns[s.node])
			reason = kindNames[s.edge.kind]
			if s.edge.kind != realTime {
				reason += fmt.Sprintf(" key %d", s.edge.key)
			}
		}
	}
	fmt.Fprintf(&text, "      | %s, and again the first\n", reason)
	return anomaly(counts) + "\n" + text.String()
}

// anomaly is Adya's name for a cycle.
func anomaly(counts [4]int) string {
	name := "G2 (write skew)"
	switch {
	case counts[rw] == 0 && counts[wr] == 0:
		name = "G0 (dirty write)"
	case counts[rw] == 0:
		name = "G1c (circular information flow)"
	case counts[rw] == 1:
		name = "G-single (read skew)"
	}
	if counts[realTime] > 0 {
		name += ", against real time (stale read)"
	}
	return name
}
