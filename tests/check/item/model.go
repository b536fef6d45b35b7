// SPDX-License-Identifier: Apache-2.0

package item

import (
	"strconv"

	"github.com/anishathalye/porcupine"
)

// next is DynamoDB's semantics of one item, in one function: what the operation makes of the image before it, and
// whether its condition held.
func next(before Image, o *Op) (after Image, holds bool) {
	switch o.Kind {
	case Put:
		return o.New, true
	case PutNew, SQLInsert:
		return o.New, !before.Present
	case PutIf:
		return o.New, before.Present && before.W == o.Expect
	case Delete, SQLDelete:
		return Image{}, true
	case DeleteIf:
		return Image{}, before.Present && before.W == o.Expect
	case Add:
		after = touched(before, o.W)
		after.C, after.HasC = before.C+o.Amount, true
		return after, true
	case Append:
		after = touched(before, o.W)
		after.L, after.HasL = before.L, true
		if after.L != "" {
			after.L += ","
		}
		after.L += strconv.FormatInt(o.Amount, 10)
		return after, true
	case Move:
		after = touched(before, o.W)
		after.G = o.New.G
		return after, true
	case Date:
		after = touched(before, o.W)
		after.E = o.New.E
		return after, true
	case SQLUpdate:
		return touched(before, o.W), before.Present
	}
	return before, true
}

// touched is what an update leaves beside its own attributes: an update makes the item if there was none.
func touched(before Image, w int64) Image {
	before.Present, before.W = true, w
	return before
}

// shown is the part of the images that an accepted write's reply shows.
func shown(o *Op, before, after Image) Image {
	switch o.Returns {
	case AllOld:
		return before
	case AllNew:
		return after
	case UpdatedOld:
		return updated(o, before)
	case UpdatedNew:
		return updated(o, after)
	}
	return Image{}
}

// updated keeps the attributes that the update touched. A reply without any of them is an absent image.
func updated(o *Op, of Image) Image {
	if !of.Present {
		return Image{}
	}
	part := Image{Present: true, W: of.W}
	switch o.Kind {
	case Add:
		part.C, part.HasC = of.C, of.HasC
	case Append:
		part.L, part.HasL = of.L, of.HasL
	case Move:
		part.G = of.G
	case Date:
		part.E = of.E
	}
	return part
}

// visible is what a read of one path shows of the image.
func visible(o *Op, image Image) Image {
	switch o.Kind {
	case QueryLocal, QueryGlobal:
		if !image.Present || image.W < o.From || image.W > o.To {
			return Image{}
		}
		if o.Kind == QueryLocal {
			return Image{Present: true, W: image.W, C: image.C, HasC: image.HasC}
		}
		if image.G != o.Group {
			return Image{}
		}
	}
	return image
}

// explains says whether an operation with a certain answer can stand between two images.
func explains(before Image, o *Op) (after Image, ok bool) {
	if !o.Writes() {
		return before, o.Kind == GetEventual || o.Got == visible(o, before)
	}
	after, holds := next(before, o)
	if holds != (o.Outcome == OK) {
		return before, false
	}
	if !holds {
		return before, !o.Told || o.Got == before
	}
	return after, !o.Told || o.Got == shown(o, before, after)
}

// Porcupine's state is the set of images that are possible: usually one; an operation that may have been carried out or
// not leaves both. A set makes a request that died with its server an operation with an end, where one that is open to the end
// of the history would multiply the orders to be tried.
type states []Image

// An item that is due may be gone at any time, by nobody's request.
func step(state, input, _ interface{}) (bool, interface{}) {
	before, o := state.(states).expire(), input.(*Op)
	after := make(states, 0, len(before)+1)
	for _, image := range before {
		if o.Outcome == Ambiguous {
			after = after.with(image)
			if changed, holds := next(image, o); holds {
				after = after.with(changed)
			}
		} else if changed, ok := explains(image, o); ok {
			after = after.with(changed)
		}
	}
	return len(after) > 0, after
}

func (s states) expire() states {
	for _, image := range s {
		if image.E == Due {
			return append(s[:len(s):len(s)], Image{}).unique()
		}
	}
	return s
}

func (s states) unique() states {
	var unique states
	for _, image := range s {
		unique = unique.with(image)
	}
	return unique
}

func (s states) with(image Image) states {
	if s.has(image) {
		return s
	}
	return append(s, image)
}

func (s states) has(image Image) bool {
	for i := range s {
		if s[i] == image {
			return true
		}
	}
	return false
}

func equal(a, b interface{}) bool {
	x, y := a.(states), b.(states)
	if len(x) != len(y) {
		return false
	}
	for _, image := range x {
		if !y.has(image) {
			return false
		}
	}
	return true
}

// Model is an item for Porcupine, absent at first.
var Model = porcupine.Model{
	Init:  func() interface{} { return states{Image{}} },
	Step:  step,
	Equal: equal,
}
