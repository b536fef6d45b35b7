// SPDX-License-Identifier: Apache-2.0

package item

import (
	"fmt"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// Patience is how long one history may be thought about. Thousands are decided in a second; one that is not decided in
// this time counts as a fault, for it is not known to be right.
const Patience = 2 * time.Minute

// Check says what is wrong with the history of one item, "" when nothing is.
func Check(history []*Op) string {
	if said := eventual(history); said != "" {
		return said
	}
	operations := make([]porcupine.Operation, 0, len(history))
	for _, o := range history {
		if o.Kind != GetEventual {
			operations = append(operations, porcupine.Operation{ClientId: o.Client, Input: o, Output: o, Call: o.Call, Return: o.Return})
		}
	}
	switch porcupine.CheckOperationsTimeout(Model, operations, Patience) {
	case porcupine.Ok:
		return ""
	case porcupine.Unknown:
		return fmt.Sprintf("not decided in %v, %d operations", Patience, len(operations))
	}
	return "no order of the operations explains their answers\n" + around(operations)
}

// around shows the operations near the end of the longest order that Porcupine found.
func around(operations []porcupine.Operation) string {
	_, info := porcupine.CheckOperationsVerbose(Model, operations, Patience)
	var longest []porcupine.Operation
	for _, partial := range info.PartialLinearizationsOperations()[0] {
		if len(partial) > len(longest) {
			longest = partial
		}
	}
	placed := map[interface{}]bool{}
	state := Model.Init()
	for _, o := range longest {
		placed[o.Input] = true
		_, state = Model.Step(state, o.Input, o.Output)
	}
	var text strings.Builder
	const before, after = 6, 10
	for i := len(longest) - before; i < len(longest); i++ {
		if i >= 0 {
			fmt.Fprintln(&text, " ", longest[i].Input)
		}
	}
	fmt.Fprintf(&text, "  then it is %v, and there is no place for all of\n", state)
	for i, shown := 0, 0; i < len(operations) && shown < after; i++ {
		if !placed[operations[i].Input] {
			fmt.Fprintln(&text, " ", operations[i].Input)
			shown++
		}
	}
	return text.String()
}

// eventual holds reads that may be stale to what they still promise: they show a value that some write made, whole, and
// none of a write that had not begun or was refused. Every image that any reply showed whole is compared by the number
// of its write, so an image that mixes two writes is found whoever sees it.
func eventual(history []*Op) string {
	writes := map[int64]*Op{}
	for _, o := range history {
		if o.Writes() {
			writes[o.W] = o
		}
	}
	images := map[int64]Image{}
	for _, o := range history {
		whole := o.Got
		if !o.wholeImage() || !whole.Present {
			continue
		}
		if other, known := images[whole.W]; known && other != whole {
			return fmt.Sprintf("two images of one write: %v and %v", other, whole)
		}
		images[whole.W] = whole
		write := writes[whole.W]
		switch {
		case write == nil:
			return fmt.Sprintf("a value that nobody wrote: %v", o)
		case write.Outcome == Refused:
			return fmt.Sprintf("the value of a refused write: %v\n%v", o, write)
		case write.Call > o.Return:
			return fmt.Sprintf("a value of the future: %v\n%v", o, write)
		}
	}
	return ""
}

// wholeImage says that Got is all of an item.
func (o *Op) wholeImage() bool {
	switch {
	case o.Kind == QueryLocal:
		return false
	case !o.Writes():
		return true
	case !o.Told:
		return false
	}
	return o.Outcome == Refused || o.Returns == AllOld || o.Returns == AllNew
}
