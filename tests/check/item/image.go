// SPDX-License-Identifier: Apache-2.0

// Package item looks for an order of the operations on single items that explains every answer (linearizability), with
// Porcupine, over histories recorded from a server that is killed again and again.
//
// Items live in small collections, four of one partition key; a few clients share a collection until its histories are
// long enough, then it is checked and forgotten while the load goes on with a new one. So memory does not grow with the
// run, and each history is short and crowded, which is where faults show.
package item

import (
	"fmt"
	"strconv"
	"time"

	"stator/tests/check/wire"
)

// Image is an item as a whole; images are equal when the items are. The zero image is an absent item.
type Image struct {
	Present bool
	HasC    bool
	HasL    bool
	E       int8   // when it expires: never, Later or Due
	G       int8   // which partition of the global index, 0: none (the index is sparse)
	W       int64  // the write that made this image: unique in its collection
	C       int64  // a counter
	P       int    // bytes of padding
	L       string // a list of numbers, as text: "1,2,3"
}

// The times at which items expire, in Unix seconds: one that no jump of the clock reaches, and one that is past on every clock of
// the run, so that the server may remove the item at any moment from then on.
const (
	Later = 1
	Due   = 2
)

var expiries = [...]int64{Later: time.Now().Unix() + 400*24*3600, Due: time.Now().Unix() - 2*24*3600}

// MemberMax is the number of items of a collection.
const MemberMax = 4

// GroupMax is the number of partitions that a collection has in the global index.
const GroupMax = 3

const paddingMax = 60 << 10

var padding = func() []byte {
	bytes := make([]byte, paddingMax)
	for i := range bytes {
		bytes[i] = 'a' + byte(i*7%26)
	}
	return bytes
}()

func (i Image) String() string {
	if !i.Present {
		return "absent"
	}
	text := fmt.Sprintf("w%d", i.W)
	if i.HasC {
		text += fmt.Sprintf(" c%d", i.C)
	}
	if i.HasL {
		text += " [" + i.L + "]"
	}
	if i.G != 0 {
		text += fmt.Sprintf(" g%d", i.G)
	}
	if i.E != 0 {
		text += [...]string{Later: " later", Due: " due"}[i.E]
	}
	if i.P != 0 {
		text += fmt.Sprintf(" p%d", i.P)
	}
	return text
}

// appendKey writes the members of an item's key.
func appendKey(b []byte, collection string, member int) []byte {
	b = append(append(b, `"pk":{"S":"`...), collection...)
	return append(append(b, `"},"sk":{"S":"`...), byte('0'+member), '"', '}')
}

func appendNumber(b []byte, name string, value int64) []byte {
	b = append(append(append(b, '"'), name...), `":{"N":"`...)
	return append(strconv.AppendInt(b, value, 10), '"', '}')
}

func appendGroup(b []byte, name, collection string, group int8) []byte {
	b = append(append(append(b, '"'), name...), `":{"S":"`...)
	return append(append(append(b, collection...), '.', byte('0'+group)), '"', '}')
}

// appendItem writes the whole item.
func appendItem(b []byte, collection string, member int, i Image) []byte {
	b = appendKey(append(b, '{'), collection, member)
	b = appendNumber(append(b, ','), "w", i.W)
	if i.HasC {
		b = appendNumber(append(b, ','), "c", i.C)
	}
	if i.G != 0 {
		b = appendGroup(append(b, ','), "g", collection, i.G)
	}
	if i.HasL {
		b = append(b, `,"l":{"L":[`...)
		if i.L != "" {
			b = append(append(append(b, `{"N":"`...), i.L...), `"}`...)
		}
		b = append(b, "]}"...)
	}
	if i.E != 0 {
		b = appendNumber(append(b, ','), "t", expiries[i.E])
	}
	if i.P > 0 {
		b = append(append(append(b, `,"p":{"S":"`...), padding[:i.P]...), `"}`...)
	}
	return append(b, '}')
}

// seen is an item as a reply shows it, whole or in part.
type seen struct {
	Image
	Member  int // -1: the reply did not name the key
	Foreign bool
}

// readItem reads an item of the collection.
func readItem(s *wire.Scan, collection string) seen {
	item := seen{Member: -1}
	item.Present = true
	s.Object(func(name string) {
		switch name {
		case "pk":
			s.Value("S", func() { item.Foreign = item.Foreign || string(s.Text()) != collection })
		case "sk":
			s.Value("S", func() { item.readMember(s.Text()) })
		case "w":
			s.Value("N", func() { item.W = s.Int() })
		case "c":
			item.HasC = true
			s.Value("N", func() { item.C = s.Int() })
		case "t":
			s.Value("N", func() { item.readExpiry(s.Int()) })
		case "g":
			s.Value("S", func() { item.readGroup(s.Text(), collection) })
		case "l":
			item.HasL = true
			s.Value("L", func() { item.L = readList(s) })
		case "p":
			s.Value("S", func() { item.readPadding(s.Text()) })
		default:
			item.Foreign = true
			s.Skip()
		}
	})
	return item
}

func (i *seen) readMember(text []byte) {
	if len(text) == 1 && text[0] >= '0' && text[0] < '0'+MemberMax {
		i.Member = int(text[0] - '0')
	} else {
		i.Foreign = true
	}
}

func (i *seen) readGroup(text []byte, collection string) {
	end := len(text) - 2
	if end < 0 || string(text[:end]) != collection || text[end] != '.' {
		i.Foreign = true
		return
	}
	i.G = int8(text[end+1] - '0')
}

func (i *seen) readExpiry(second int64) {
	switch second {
	case expiries[Later]:
		i.E = Later
	case expiries[Due]:
		i.E = Due
	default:
		i.Foreign = true
	}
}

func (i *seen) readPadding(text []byte) {
	i.P = len(text)
	i.Foreign = i.Foreign || len(text) > paddingMax || string(text) != string(padding[:len(text)])
}

func readList(s *wire.Scan) string {
	var list []byte
	s.Array(func() {
		if len(list) > 0 {
			list = append(list, ',')
		}
		s.Value("N", func() { list = strconv.AppendInt(list, s.Int(), 10) })
	})
	return string(list)
}
