// SPDX-License-Identifier: Apache-2.0

package item

import "fmt"

// Kind is what an operation does to one item. A Query is one operation for each item that it could have shown.
type Kind uint8

// The operations; those named SQL are PartiQL statements.
const (
	Get Kind = iota
	GetEventual
	Put
	PutNew // attribute_not_exists
	PutIf  // w = Expect
	Delete
	DeleteIf
	Add
	Append
	Move // SET g, or REMOVE it
	Date // SET t
	SQLSelect
	SQLInsert
	SQLUpdate
	SQLDelete
	QueryBase
	QueryLocal  // the local index (pk, w), which has w and c
	QueryGlobal // the global index (g, w), which has everything
	BatchGet    // drawn, and recorded as Get
	BatchWrite  // drawn, and recorded as Put and Delete
	kinds
)

var kindNames = [kinds]string{"get", "get-eventual", "put", "put-new", "put-if", "delete", "delete-if", "add", "append",
	"move", "date", "sql-select", "sql-insert", "sql-update", "sql-delete", "query-base", "query-local", "query-global", "batch-get", "batch-write"}

func (k Kind) String() string { return kindNames[k] }

// Returns is what the reply of a write shows of the item.
type Returns uint8

// The values of ReturnValues.
const (
	None Returns = iota
	AllOld
	UpdatedOld
	AllNew
	UpdatedNew
)

var returnNames = [...]string{"NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"}

// Outcome is what became of an operation.
type Outcome uint8

// The outcomes. Ambiguous: it was carried out, or not.
const (
	OK Outcome = iota
	Refused
	Ambiguous
)

// Op is one operation on one item, with its answer.
type Op struct {
	Kind    Kind
	Returns Returns
	Client  int
	Member  int
	W       int64 // the write's own number
	Expect  int64 // PutIf, DeleteIf: the condition w = Expect
	Amount  int64 // Add: how much; Append: which element
	New     Image // Put...: the whole item; Move: G; Date: E
	From    int64 // Query...: the page covers from <= w <= to
	To      int64
	Group   int8 // QueryGlobal: the partition

	Call, Return int64
	Life         int
	Outcome      Outcome
	Told         bool // Got is an answer: the image that Returns asks for, or the one beside a refusal
	Got          Image
}

func (o *Op) String() string {
	text := fmt.Sprintf("%12d..%-12d client %-3d %s", o.Call/1000, o.Return/1000, o.Client, o.Kind)
	switch o.Kind {
	case Put, PutNew, PutIf, SQLInsert:
		text += fmt.Sprintf(" {%v}", o.New)
	case Add:
		text += fmt.Sprintf(" w%d +%d", o.W, o.Amount)
	case Append:
		text += fmt.Sprintf(" w%d [%d]", o.W, o.Amount)
	case Move:
		text += fmt.Sprintf(" w%d g%d", o.W, o.New.G)
	case Date:
		text += fmt.Sprintf(" w%d t%d", o.W, o.New.E)
	case SQLUpdate:
		text += fmt.Sprintf(" w%d", o.W)
	case QueryLocal, QueryGlobal:
		text += fmt.Sprintf(" g%d w%d..w%d", o.Group, o.From, o.To)
	}
	if o.Kind == PutIf || o.Kind == DeleteIf {
		text += fmt.Sprintf(" if w%d", o.Expect)
	}
	text += [...]string{" -> ok", " -> refused", " -> ?"}[o.Outcome]
	if o.Told {
		text += fmt.Sprintf(" %s {%v}", returnNames[o.Returns], o.Got)
	}
	return text
}

// Writes says that the operation may change the item.
func (o *Op) Writes() bool {
	switch o.Kind {
	case Get, GetEventual, SQLSelect, QueryBase, QueryLocal, QueryGlobal:
		return false
	}
	return true
}
