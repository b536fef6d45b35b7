// SPDX-License-Identifier: Apache-2.0

package item

import (
	"math"
	"strings"
	"testing"
)

// Histories made by hand: what a wrong server would answer must be found, what a right one may answer must pass.

// at gives an operation its time; -1 as the end is one that was lost.
func at(call, end int64, o Op) *Op {
	o.Call, o.Return = call, end
	if end < 0 {
		o.Outcome, o.Return = Ambiguous, math.MaxInt64
	}
	return &o
}

func item(w int64) Image { return Image{Present: true, W: w} }

func counted(w, c int64) Image { return Image{Present: true, W: w, C: c, HasC: true} }

func listed(w int64, list string) Image { return Image{Present: true, W: w, L: list, HasL: true} }

func put(w int64) Op { return Op{Kind: Put, W: w, New: item(w)} }

func get(shows Image) Op { return Op{Kind: Get, Told: true, Got: shows} }

func getEventual(shows Image) Op { return Op{Kind: GetEventual, Told: true, Got: shows} }

func add(w, amount int64, shows Image) Op {
	return Op{Kind: Add, W: w, Amount: amount, Returns: AllNew, Told: true, Got: shows}
}

func refused(o Op) Op {
	o.Outcome = Refused
	return o
}

func refusedShowing(o Op, shows Image) Op {
	o.Outcome, o.Told, o.Got = Refused, true, shows
	return o
}

func closedAt(end int64, o *Op) *Op {
	o.Return = end
	return o
}

func query(kind Kind, group int8, from, to int64, shows Image) Op {
	return Op{Kind: kind, Group: group, From: from, To: to, Told: true, Got: shows}
}

var putIf = Op{Kind: PutIf, W: 2, Expect: 1, New: item(2)}

func grouped(w int64, g int8) Image { return Image{Present: true, W: w, G: g} }

func dated(w int64, e int8) Image { return Image{Present: true, W: w, E: e} }

var histories = []struct {
	name    string
	fault   string // a part of the complaint; "" when the history is right
	history []*Op
}{
	{"one after the other", "", []*Op{at(1, 2, put(1)), at(3, 4, get(item(1))), at(5, 6, Op{Kind: Delete}), at(7, 8, get(Image{}))}},
	{"overlapping writes, either may win", "", []*Op{at(1, 9, put(1)), at(2, 8, put(2)), at(10, 11, get(item(1)))}},
	{"stale read", "no order", []*Op{at(1, 2, put(1)), at(3, 4, put(2)), at(5, 6, get(item(1)))}},
	{"lost write", "no order", []*Op{at(1, 2, put(1)), at(3, 4, get(Image{}))}},
	{"read that goes back", "no order", []*Op{at(1, 20, put(1)), at(2, 3, get(item(1))), at(4, 5, get(Image{}))}},
	{"dirty read", "refused write", []*Op{at(1, 2, refused(Op{Kind: PutNew, W: 1, New: item(1)})), at(3, 4, get(item(1)))}},
	{"value of nobody", "nobody wrote", []*Op{at(1, 2, put(1)), at(3, 4, get(item(7)))}},
	{"value of the future", "future", []*Op{at(5, 6, put(1)), at(1, 2, getEventual(item(1)))}},
	{"eventual read may be stale", "", []*Op{at(1, 2, put(1)), at(3, 4, put(2)), at(5, 6, getEventual(item(1))), at(7, 8, get(item(2)))}},
	{"eventual read of a torn item", "two images", []*Op{at(1, 2, put(1)), at(3, 4, get(item(1))), at(5, 6, getEventual(counted(1, 4)))}},
	{"lost update of a counter", "no order", []*Op{at(1, 2, add(1, 5, counted(1, 5))), at(3, 4, add(2, 5, counted(2, 5)))}},
	{"counter", "", []*Op{at(1, 2, add(1, 5, counted(1, 5))), at(3, 4, add(2, 5, counted(2, 10)))}},
	{"element appended twice", "no order", []*Op{at(1, 2, Op{Kind: Append, W: 1, Amount: 1}), at(3, 4, get(listed(1, "1,1")))}},
	{"condition on the new item", "no order", []*Op{at(1, 2, refused(Op{Kind: PutNew, W: 1, New: item(1)}))}},
	{"two winners of one version", "no order", []*Op{at(1, 2, put(1)), at(3, 9, putIf), at(4, 8, Op{Kind: PutIf, W: 3, Expect: 1, New: item(3)})}},
	{"refusal shows the item as it was", "", []*Op{at(1, 2, put(1)), at(3, 4, refusedShowing(Op{Kind: PutIf, W: 2, Expect: 9, New: item(2)}, item(1)))}},
	{"refusal shows another item", "no order", []*Op{at(1, 2, put(1)), at(3, 4, put(2)),
		at(5, 6, refusedShowing(Op{Kind: PutIf, W: 3, Expect: 9, New: item(3)}, item(1)))}},
	{"old image of the wrong write", "no order", []*Op{at(1, 2, put(1)), at(3, 4, put(2)),
		at(5, 6, Op{Kind: Delete, W: 3, Returns: AllOld, Told: true, Got: item(1)})}},
	{"lost with the server, carried out", "", []*Op{closedAt(3, at(1, -1, put(1))), at(5, 6, get(item(1)))}},
	{"lost with the server, not carried out", "", []*Op{closedAt(3, at(1, -1, put(1))), at(5, 6, get(Image{})), at(7, 8, get(Image{}))}},
	{"lost with the server, back from the dead", "no order", []*Op{closedAt(3, at(1, -1, put(1))), at(5, 6, get(Image{})), at(7, 8, get(item(1)))}},
	{"still open, carried out late", "", []*Op{at(1, -1, put(1)), at(5, 6, get(Image{})), at(7, 8, get(item(1)))}},
	{"index behind its item", "no order", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: grouped(1, 2)}),
		at(3, 4, query(QueryGlobal, 2, math.MinInt64, math.MaxInt64, Image{}))}},
	{"index entry left behind", "no order", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: grouped(1, 2)}),
		at(3, 4, Op{Kind: Put, W: 2, New: grouped(2, 1)}), at(5, 6, query(QueryGlobal, 2, math.MinInt64, math.MaxInt64, grouped(1, 2)))}},
	{"index that is right", "", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: grouped(1, 2)}),
		at(3, 4, query(QueryGlobal, 2, 1, 1, grouped(1, 2))), at(5, 6, query(QueryGlobal, 1, 1, 1, Image{}))}},
	{"page that left one out", "no order", []*Op{at(1, 2, put(5)), at(3, 4, query(QueryLocal, 0, 1, 9, Image{}))}},
	{"item that is on a later page", "", []*Op{at(1, 2, put(5)), at(3, 4, query(QueryLocal, 0, 6, 9, Image{}))}},
	{"due item that went", "", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: dated(1, Due)}), at(3, 4, get(dated(1, Due))), at(5, 6, get(Image{}))}},
	{"due item that went and came", "no order", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: dated(1, Due)}), at(3, 4, get(Image{})), at(5, 6, get(dated(1, Due)))}},
	{"item that went too early", "no order", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: dated(1, Later)}), at(3, 4, get(Image{}))}},
	{"item that went though it was put off", "no order", []*Op{at(1, 2, Op{Kind: Put, W: 1, New: dated(1, Due)}),
		at(3, 4, Op{Kind: Date, W: 2, New: Image{E: Later}, Returns: AllOld, Told: true, Got: dated(1, Due)}), at(5, 6, get(Image{}))}},
	{"statement on an absent item", "no order", []*Op{at(1, 2, Op{Kind: SQLUpdate, W: 1})}},
}

func TestHistories(t *testing.T) {
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

// Pages as a server sends them, and what is wrong with each.
func TestPages(t *testing.T) {
	item := func(sk, w string) string { return `{"pk":{"S":"c"},"sk":{"S":"` + sk + `"},"w":{"N":"` + w + `"}}` }
	for _, c := range []struct{ name, fault, body string }{
		{"whole", "", `{"Items":[` + item("0", "1") + `,` + item("3", "2") + `],"LastEvaluatedKey":` + item("3", "2") + `}`},
		{"short end", "", `{"Items":[` + item("0", "1") + `]}`},
		{"out of order", "out of order", `{"Items":[` + item("3", "2") + `,` + item("0", "1") + `]}`},
		{"twice the same", "out of order", `{"Items":[` + item("3", "2") + `,` + item("3", "2") + `]}`},
		{"above the limit", "limit", `{"Items":[` + item("0", "1") + `,` + item("1", "2") + `,` + item("2", "3") + `]}`},
		{"resume key of another", "resume", `{"Items":[` + item("0", "1") + `,` + item("3", "2") + `],"LastEvaluatedKey":` + item("0", "1") + `}`},
		{"ends early", "before its limit", `{"Items":[` + item("0", "1") + `],"LastEvaluatedKey":` + item("0", "1") + `}`},
		{"another collection", "another collection", `{"Items":[{"pk":{"S":"d"},"sk":{"S":"0"},"w":{"N":"1"}}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPage(QueryLocal, 0, false, 2)
			_, _, _, _, said := p.answer("c", []byte(c.body))
			if (c.fault == "") != (said == "") || !strings.Contains(said, c.fault) {
				t.Errorf("said %q, should be %q", said, c.fault)
			}
		})
	}
}

// A page that begins where the one before it began shows its item again.
func TestResume(t *testing.T) {
	first := `{"Items":[{"pk":{"S":"c"},"sk":{"S":"1"},"w":{"N":"5"}}],"LastEvaluatedKey":{"pk":{"S":"c"},"sk":{"S":"1"},"w":{"N":"5"}}}`
	for _, reverse := range []bool{false, true} {
		p := newPage(QueryLocal, 0, reverse, 1)
		if _, _, _, more, said := p.answer("c", []byte(first)); !more || said != "" {
			t.Fatal(said)
		}
		if _, _, _, _, said := p.answer("c", []byte(first)); said == "" {
			t.Error("an item shown on two pages was not seen")
		}
	}
}
