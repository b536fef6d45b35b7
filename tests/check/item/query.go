// SPDX-License-Identifier: Apache-2.0

package item

import (
	"fmt"
	"math"
	"strconv"

	"stator/tests/check/wire"
)

// page is one request of a Query over a collection: by the base table's order (sort key), or by an index's (last write).
// Each page is, for each item that lies in the part of the order that it covers, a read of that item: the items of a
// collection are not promised to be of one moment.
type page struct {
	kind     Kind
	group    int8
	reverse  bool
	limit    int
	started  bool
	from, to int64 // the part of the order still to come, both included
	member   int   // the last item shown
}

func newPage(kind Kind, group int8, reverse bool, limit int) *page {
	return &page{kind: kind, group: group, reverse: reverse, limit: limit, from: math.MinInt64, to: math.MaxInt64}
}

// request writes the body of the next page.
func (p *page) request(b []byte, collection string) []byte {
	b = append(b, head...)
	switch p.kind {
	case QueryLocal:
		b = append(b, `"IndexName":"byWrite",`...)
	case QueryGlobal:
		b = append(b, `"IndexName":"byGroup",`...)
	}
	if p.kind == QueryGlobal {
		b = append(b, `"KeyConditionExpression":"g = :k","ExpressionAttributeValues":{`...)
		b = appendGroup(b, ":k", collection, p.group)
	} else {
		b = append(b, `"KeyConditionExpression":"pk = :k","ConsistentRead":true,"ExpressionAttributeValues":{":k":{"S":"`...)
		b = append(append(b, collection...), `"}`...)
	}
	b = append(b, '}')
	if p.reverse {
		b = append(b, `,"ScanIndexForward":false`...)
	}
	if p.limit > 0 {
		b = append(b, `,"Limit":`...)
		b = strconv.AppendInt(b, int64(p.limit), 10)
	}
	if p.started {
		b = p.appendStart(append(b, `,"ExclusiveStartKey":{`...), collection)
	}
	return append(b, '}')
}

// at is the place in the order that a page went up to.
func (p *page) at() int64 {
	if p.reverse {
		return p.to + 1
	}
	return p.from - 1
}

func (p *page) appendStart(b []byte, collection string) []byte {
	b = appendKey(b, collection, p.member)
	if p.kind != QueryBase {
		b = appendNumber(append(b, ','), "w", p.at())
	}
	if p.kind == QueryGlobal {
		b = appendGroup(append(b, ','), "g", collection, p.group)
	}
	return append(b, '}')
}

// place is where an item stands in the order.
func (p *page) place(item *seen) int64 {
	if p.kind == QueryBase {
		return int64(item.Member)
	}
	return item.W
}

// answer reads a page: what it shows of each member, the part of the order that it covers, and whether there is more.
func (p *page) answer(collection string, body []byte) (got [MemberMax]Image, from, to int64, more bool, strange string) {
	s := wire.NewScan(body)
	var items []seen
	var last *seen
	s.Object(func(name string) {
		switch name {
		case "Items":
			s.Array(func() { items = append(items, readItem(s, collection)) })
		case "LastEvaluatedKey":
			key := readItem(s, collection)
			last = &key
		default:
			s.Skip()
		}
	})
	if s.Bad {
		return got, 0, 0, false, "a page that is no page: " + string(body)
	}
	from, to = p.from, p.to
	for i := range items {
		if wrong := p.accept(&items[i]); wrong != "" {
			return got, 0, 0, false, wrong + ": " + string(body)
		}
		got[items[i].Member] = items[i].Image
		p.advance(&items[i])
	}
	if last != nil && p.reverse {
		from = p.to + 1
	} else if last != nil {
		to = p.from - 1
	}
	return got, from, to, last != nil, p.checkEnd(items, last, body)
}

// accept says what is wrong with an item at this place of the page.
func (p *page) accept(item *seen) string {
	place := p.place(item)
	switch {
	case item.Foreign || item.Member < 0:
		return "a page with an item of another collection"
	case place < p.from || place > p.to:
		return fmt.Sprintf("a page that is out of order, or shows again what the page before it showed (w%d)", item.W)
	}
	return ""
}

// advance leaves the part of the order up to the item behind.
func (p *page) advance(item *seen) {
	place := p.place(item)
	if p.reverse {
		p.to = place - 1
	} else {
		p.from = place + 1
	}
	p.member, p.started = item.Member, true
}

// checkEnd holds the resume key to the last item, and the page to its limit.
func (p *page) checkEnd(items []seen, last *seen, body []byte) string {
	switch {
	case p.limit > 0 && len(items) > p.limit:
		return "a page above its limit: " + string(body)
	case last == nil:
		return ""
	case len(items) == 0:
		return "a resume key behind no item: " + string(body)
	case p.place(last) != p.place(&items[len(items)-1]) || last.Member != items[len(items)-1].Member:
		return "a resume key that is not the last item's: " + string(body)
	case p.limit == 0 || len(items) < p.limit:
		return "a page that ends before its limit: " + string(body)
	}
	return ""
}
