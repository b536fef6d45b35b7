// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"strconv"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// A second opinion on small histories, by a checker that shares no idea with the graph: Porcupine over all keys at once.
// The state is every list as text, by key; a transaction is one step over it.
type lists []string

// SecondOpinionMax is how many transactions a history may have for it: the search is exponential at worst.
const SecondOpinionMax = 1000

const opinionPatience = 10 * time.Second

// SecondOpinion says whether there is an order, and whether it could be found out. Reads that hang loose are left out: a dozen at one
// time are thousands of orders, each as good as the other. `keys` is one above the highest key.
func SecondOpinion(all []*Txn, keys int) (right, decided bool) {
	if len(all) > SecondOpinionMax {
		return false, false
	}
	model := porcupine.Model{
		Init:  func() interface{} { return []lists{make(lists, keys)} },
		Step:  apply,
		Equal: sameStates,
	}
	var operations []porcupine.Operation
	for _, t := range all {
		if t.Outcome != Aborted && !t.Loose {
			operations = append(operations, porcupine.Operation{ClientId: t.Client, Input: t, Output: t, Call: t.Call, Return: t.Return})
		}
	}
	result := porcupine.CheckOperationsTimeout(model, operations, opinionPatience)
	return result == porcupine.Ok, result != porcupine.Unknown
}

// apply makes the step from each state that is possible; an unknown transaction may also have done nothing.
func apply(state, input, _ interface{}) (bool, interface{}) {
	var after []lists
	t := input.(*Txn)
	for _, before := range state.([]lists) {
		if t.Outcome == Unknown {
			after = append(after, before)
		}
		if changed, ok := before.with(t); ok {
			after = append(after, changed)
		}
	}
	return len(after) > 0, after
}

func (l lists) with(t *Txn) (lists, bool) {
	for _, r := range t.Reads {
		if r.List == nil && strings.Count(l[r.Key], ",") != r.Length || r.List != nil && l[r.Key] != text(r.List) {
			return nil, false
		}
	}
	if len(t.Appends) == 0 {
		return l, true
	}
	changed := append(lists(nil), l...)
	for _, a := range t.Appends {
		changed[a.Key] += strconv.FormatInt(a.Element, 10) + ","
	}
	return changed, true
}

func text(list []int64) string {
	var text strings.Builder
	for _, element := range list {
		text.WriteString(strconv.FormatInt(element, 10))
		text.WriteByte(',')
	}
	return text.String()
}

func sameStates(a, b interface{}) bool {
	x, y := a.([]lists), b.([]lists)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		for key := range x[i] {
			if x[i][key] != y[i][key] {
				return false
			}
		}
	}
	return true
}
