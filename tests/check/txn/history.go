// SPDX-License-Identifier: Apache-2.0

// Package txn looks for an order of transactions that explains every answer and does not contradict real time (strict
// serializability), in the manner of Elle: keys hold lists, transactions append elements that are never used twice, so a
// list that was read tells the order of all writes before the read, and a cycle of dependencies is a proof of fault.
//
// Each list lives at one of two items ("homes"). Some transactions move it: delete at one home, put at the other. So
// puts, updates, deletes and condition checks all take part, and a reader of both homes sees a torn transaction at once.
package txn

import "fmt"

// Outcome is what became of a transaction.
type Outcome uint8

// The outcomes. Unknown: it was carried out, or not; its elements tell when somebody reads them.
const (
	Committed Outcome = iota
	Aborted
	Unknown
)

// Read is what a transaction saw of a key before its own appends. List nil: only the length is known, from a condition.
type Read struct {
	Key    int
	Length int
	List   []int64
}

// Append adds an element to the end of a key's list.
type Append struct {
	Key     int
	Element int64
}

// Txn is one transaction, or one operation on a single item.
type Txn struct {
	Client       int
	What         string
	Call, Return int64
	Life         int
	Outcome      Outcome
	Reads        []Read
	Appends      []Append
	Loose        bool // one of many reads of one request, which promises no common moment
}

func (t *Txn) String() string {
	text := fmt.Sprintf("%12d..%-12d client %-3d %s", t.Call/1000, t.Return/1000, t.Client, t.What)
	for _, r := range t.Reads {
		if r.List != nil {
			text += fmt.Sprintf(" r%d%v", r.Key, r.List)
		} else {
			text += fmt.Sprintf(" r%d#%d", r.Key, r.Length)
		}
	}
	for _, a := range t.Appends {
		text += fmt.Sprintf(" a%d+%d", a.Key, a.Element)
	}
	return text + [...]string{"", " aborted", " ?"}[t.Outcome]
}

// history is a set of transactions with what their reads tell together: for each key the order of its elements, for each
// element who wrote it.
type history struct {
	txns    []*Txn // those that took effect
	orders  map[int][]int64
	writers map[int64]int // element -> position in txns
}

// settle finds the orders of the elements and decides about the unknown; the string says what cannot be.
func settle(all []*Txn) (*history, string) {
	h := &history{orders: map[int][]int64{}, writers: map[int64]int{}}
	for _, t := range all {
		for _, r := range t.Reads {
			if len(r.List) > len(h.orders[r.Key]) {
				h.orders[r.Key] = r.List
			}
		}
	}
	if said := h.prefixes(all); said != "" {
		return nil, said
	}
	seen := map[int64]bool{}
	for _, order := range h.orders {
		for _, element := range order {
			if seen[element] {
				return nil, fmt.Sprintf("element %d stands twice: applied more than once", element)
			}
			seen[element] = true
		}
	}
	for _, t := range all {
		if said := h.admit(t, seen); said != "" {
			return nil, said
		}
	}
	for element := range seen {
		if _, known := h.writers[element]; !known {
			return nil, fmt.Sprintf("element %d was read and nobody wrote it", element)
		}
	}
	return h, ""
}

// prefixes: lists only grow, so each one that was read is the beginning of the longest.
func (h *history) prefixes(all []*Txn) string {
	for _, t := range all {
		for _, r := range t.Reads {
			order := h.orders[r.Key]
			if r.Length > len(order) {
				return fmt.Sprintf("key %d had length %d and nobody read so many: lost update\n%v", r.Key, r.Length, t)
			}
			for i, element := range r.List {
				if order[i] != element {
					return fmt.Sprintf("two orders of key %d: %v and %v: lost update\n%v", r.Key, order, r.List, t)
				}
			}
		}
	}
	return ""
}

// admit takes a transaction in if it took effect. What was committed is in the lists, since the last reads come after
// everything; what was aborted is not; of the others it is all or nothing.
func (h *history) admit(t *Txn, seen map[int64]bool) string {
	found := 0
	for _, a := range t.Appends {
		if seen[a.Element] {
			found++
		}
	}
	switch {
	case t.Outcome == Aborted && found > 0:
		return fmt.Sprintf("aborted read: an element of an aborted transaction\n%v", t)
	case t.Outcome == Committed && found < len(t.Appends):
		return fmt.Sprintf("lost update: an element of a committed transaction is missing\n%v", t)
	case t.Outcome == Unknown && found > 0 && found < len(t.Appends):
		return fmt.Sprintf("torn transaction: %d of its %d elements are there\n%v", found, len(t.Appends), t)
	case t.Outcome == Aborted || t.Outcome == Unknown && found == 0:
		return ""
	}
	for _, a := range t.Appends {
		h.writers[a.Element] = len(h.txns)
	}
	h.txns = append(h.txns, t)
	return ""
}
