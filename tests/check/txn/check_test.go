// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"math"
	"strings"
	"testing"
)

func at(call, end int64, t Txn) *Txn {
	t.Call, t.Return = call, end
	if end < 0 {
		t.Outcome, t.Return = Unknown, math.MaxInt64
	}
	return &t
}

// r is a read of a whole list, n one of its length alone, a an append.
func r(key int, list ...int64) Txn {
	return Txn{Reads: []Read{{Key: key, Length: len(list), List: append([]int64{}, list...)}}}
}

func n(key, length int) Txn { return Txn{Reads: []Read{{Key: key, Length: length}}} }

func a(key int, elements ...int64) (t Txn) {
	for _, element := range elements {
		t.Appends = append(t.Appends, Append{key, element})
	}
	return t
}

func and(parts ...Txn) (t Txn) {
	for _, part := range parts {
		t.Reads = append(t.Reads, part.Reads...)
		t.Appends = append(t.Appends, part.Appends...)
	}
	return t
}

func aborted(t Txn) Txn {
	t.Outcome = Aborted
	return t
}

// Each history is right, or has one known anomaly. Times overlap wherever real time alone must not give it away.
var histories = []struct {
	name    string
	fault   string
	history []*Txn
}{
	{"one after the other", "", []*Txn{at(1, 2, and(a(0, 1), a(1, 2))), at(3, 4, and(r(0, 1), r(1, 2))), at(5, 6, a(0, 3)), at(7, 8, r(0, 1, 3))}},
	{"concurrent, one order", "", []*Txn{at(1, 9, and(a(0, 1), a(1, 2))), at(1, 9, and(a(0, 3), a(1, 4))), at(10, 11, and(r(0, 1, 3), r(1, 2, 4)))}},
	{"dirty write", "G0", []*Txn{at(1, 9, and(a(0, 1), a(1, 2))), at(1, 9, and(a(0, 3), a(1, 4))), at(10, 11, r(0, 1, 3)), at(10, 11, r(1, 4, 2))}},
	{"lost update", "lost update", []*Txn{at(1, 2, a(0, 1)), at(3, 9, and(n(0, 1), a(0, 2))), at(3, 9, and(n(0, 1), a(0, 3))), at(10, 11, r(0, 1, 3))}},
	{"lost update, both there", "G", []*Txn{at(1, 2, a(0, 1)), at(3, 9, and(n(0, 1), a(0, 2))), at(3, 9, and(n(0, 1), a(0, 3))), at(10, 11, r(0, 1, 2, 3))}},
	{"two orders", "two orders", []*Txn{at(1, 2, a(0, 1)), at(1, 2, a(0, 2)), at(3, 4, r(0, 1, 2)), at(5, 6, r(0, 2, 1))}},
	{"aborted read", "aborted read", []*Txn{at(1, 2, aborted(a(0, 1))), at(3, 4, r(0, 1))}},
	{"dirty read", "G1c", []*Txn{at(1, 9, and(a(0, 1), r(1, 2))), at(1, 9, and(a(1, 2), r(0, 1)))}},
	{"read skew", "G-single", []*Txn{at(1, 9, and(a(0, 1), a(1, 2))), at(1, 9, and(r(0, 1), r(1))), at(10, 11, and(r(0, 1), r(1, 2)))}},
	{"write skew", "G2", []*Txn{at(1, 9, and(n(0, 0), a(1, 1))), at(1, 9, and(n(1, 0), a(0, 2))), at(10, 11, and(r(0, 2), r(1, 1)))}},
	{"long fork", "G2", []*Txn{at(1, 9, a(0, 1)), at(1, 9, a(1, 2)), at(1, 9, and(r(0, 1), r(1))), at(1, 9, and(r(0), r(1, 2))), at(10, 11, and(r(0, 1), r(1, 2)))}},
	{"stale read", "real time", []*Txn{at(1, 2, a(0, 1)), at(3, 4, r(0)), at(5, 6, r(0, 1))}},
	{"order against real time", "real time", []*Txn{at(1, 2, a(0, 1)), at(3, 4, a(0, 2)), at(5, 6, r(0, 2, 1))}},
	{"torn, of unknown outcome", "torn", []*Txn{at(1, -1, and(a(0, 1), a(1, 2))), at(3, 4, and(r(0, 1), r(1)))}},
	{"applied twice", "twice", []*Txn{at(1, 2, a(0, 1)), at(3, 4, r(0, 1, 1))}},
	{"lost", "lost update", []*Txn{at(1, 2, a(0, 1)), at(3, 4, r(0))}},
	{"element of nobody", "nobody wrote", []*Txn{at(1, 2, a(0, 1)), at(3, 4, r(0, 1, 9))}},
	{"unknown, carried out", "", []*Txn{at(1, -1, and(a(0, 1), a(1, 2))), at(3, 4, and(r(0, 1), r(1, 2)))}},
	{"unknown, not carried out", "", []*Txn{at(1, -1, and(a(0, 1), a(1, 2))), at(3, 4, and(r(0), r(1)))}},
	{"unknown, back from the dead", "real time", []*Txn{closed(2, at(1, -1, a(0, 1))), at(3, 4, r(0)), at(5, 6, r(0, 1))}},
}

func closed(end int64, t *Txn) *Txn {
	t.Return = end
	return t
}

func TestGraph(t *testing.T) {
	for _, h := range histories {
		h := h
		t.Run(h.name, func(t *testing.T) {
			said := Check(h.history)
			if (h.fault == "") != (said == "") || !strings.Contains(said, h.fault) {
				t.Errorf("said %q, should be %q", said, h.fault)
			}
		})
	}
}

// Porcupine agrees on each of them. It knows nothing of last reads, so what is lost without a trace is outside its sight.
func TestSecondOpinion(t *testing.T) {
	for _, h := range histories {
		h := h
		t.Run(h.name, func(t *testing.T) {
			if right, decided := SecondOpinion(h.history, 2); !decided || right != (h.fault == "") {
				t.Errorf("right %v, decided %v, should be %q", right, decided, h.fault)
			}
		})
	}
}

// A long history costs time in proportion, and one wrong read in it is found.
func TestLongHistory(t *testing.T) {
	const count, keys, perKey = 100000, 2000, 50
	var all []*Txn
	length := make([]int, keys+1)
	for i := 0; i < count; i++ {
		key := i / perKey
		all = append(all, at(int64(4*i), int64(4*i+2), a(key, int64(i+1))))
		length[key]++
		all = append(all, at(int64(4*i+1), int64(4*i+3), n(key, length[key])))
	}
	for key := 0; key < keys; key++ {
		var list []int64
		for i := 0; i < perKey; i++ {
			list = append(list, int64(key*perKey+i+1))
		}
		all = append(all, at(5*count, 5*count+1, r(key, list...)))
	}
	if said := Check(all); said != "" {
		t.Fatal(said)
	}
	all[count+51].Reads[0].Length -= 3
	if said := Check(all); !strings.Contains(said, "real time") {
		t.Errorf("said %q", said)
	}
}
