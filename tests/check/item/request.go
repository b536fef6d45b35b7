// SPDX-License-Identifier: Apache-2.0

package item

import (
	"strconv"

	"stator/tests/check/wire"
)

// Table is the name of the table under load.
const Table = "CheckItems"

// CreateTable is the request that makes it: a local index that is ordered by the last write, and a sparse global one.
const CreateTable = `{"TableName":"CheckItems","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[` +
	`{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},` +
	`{"AttributeName":"g","AttributeType":"S"},{"AttributeName":"w","AttributeType":"N"}],` +
	`"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],` +
	`"LocalSecondaryIndexes":[{"IndexName":"byWrite","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},` +
	`{"AttributeName":"w","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["c"]}}],` +
	`"GlobalSecondaryIndexes":[{"IndexName":"byGroup","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},` +
	`{"AttributeName":"w","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}]}`

// Expire is the request that lets items of the table expire by their attribute t.
const Expire = `{"TableName":"CheckItems","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}}`

const head = `{"TableName":"CheckItems",`

// request writes the body of an operation on one item and says what it is called.
func request(b []byte, collection string, o *Op) (string, []byte) {
	switch o.Kind {
	case Get:
		return "GetItem", append(key(append(b, head...), collection, o), `,"ConsistentRead":true}`...)
	case GetEventual:
		return "GetItem", append(key(append(b, head...), collection, o), '}')
	case Put, PutNew, PutIf:
		b = append(append(b, head...), `"Item":`...)
		return "PutItem", ending(appendItem(b, collection, o.Member, o.New), o, "")
	case Delete, DeleteIf:
		return "DeleteItem", ending(key(append(b, head...), collection, o), o, "")
	case Add, Append, Move, Date:
		return "UpdateItem", update(key(append(b, head...), collection, o), collection, o)
	}
	return "ExecuteStatement", statement(b, collection, o)
}

func key(b []byte, collection string, o *Op) []byte {
	return append(appendKey(append(b, `"Key":{`...), collection, o.Member), '}')
}

// ending writes what follows the item or the key: condition, values, what to return.
func ending(b []byte, o *Op, values string) []byte {
	switch o.Kind {
	case PutNew:
		b = append(b, `,"ConditionExpression":"attribute_not_exists(pk)"`...)
	case PutIf, DeleteIf:
		b = append(b, `,"ConditionExpression":"w = :e","ExpressionAttributeValues":{`...)
		b = append(appendNumber(b, ":e", o.Expect), '}')
	}
	if o.Told { // the image beside a refusal is asked for
		b = append(b, `,"ReturnValuesOnConditionCheckFailure":"ALL_OLD"`...)
	}
	if o.Returns != None {
		b = append(append(append(b, `,"ReturnValues":"`...), returnNames[o.Returns]...), '"')
	}
	return append(b, '}')
}

func update(b []byte, collection string, o *Op) []byte {
	const names, begin, values = `,"ExpressionAttributeNames":`, `,"UpdateExpression":"`, `","ExpressionAttributeValues":{`
	b = append(b, begin...)
	switch o.Kind {
	case Add:
		b = append(append(b, `SET w = :w ADD c :n`...), values...)
		b = append(appendNumber(b, ":n", o.Amount), ',')
	case Append:
		b = append(append(b, `SET w = :w, l = list_append(if_not_exists(l, :none), :x)`...), values...)
		b = append(b, `":none":{"L":[]},":x":{"L":[{"N":"`...)
		b = append(strconv.AppendInt(b, o.Amount, 10), `"}]},`...)
	case Date:
		b = append(append(b, `SET w = :w, t = :t`...), values...)
		b = append(appendNumber(b, ":t", expiries[o.New.E]), ',')
	case Move:
		if o.New.G == 0 {
			b = append(append(b, `SET w = :w REMOVE g`...), values...)
		} else {
			b = append(append(b, `SET w = :w, g = :g`...), values...)
			b = append(appendGroup(b, ":g", collection, o.New.G), ',')
		}
	}
	return ending(append(appendNumber(b, ":w", o.W), '}'), o, "")
}

func statement(b []byte, collection string, o *Op) []byte {
	const where, parameters = ` WHERE pk = ? AND sk = ?`, `","Parameters":[`
	switch o.Kind {
	case SQLSelect:
		b = append(b, `{"ConsistentRead":true,"Statement":"SELECT * FROM CheckItems`+where+parameters...)
	case SQLInsert:
		return insert(b, collection, o)
	case SQLUpdate:
		b = append(b, `{"Statement":"UPDATE CheckItems SET w = ?`+where+returning(o)+parameters...)
		b = append(append(append(b, `{"N":"`...), strconv.FormatInt(o.W, 10)...), `"},`...)
	case SQLDelete:
		b = append(b, `{"Statement":"DELETE FROM CheckItems`+where+returning(o)+parameters...)
	}
	b = append(append(append(b, `{"S":"`...), collection...), `"},{"S":"`...)
	return append(b, byte('0'+o.Member), '"', '}', ']', '}')
}

func returning(o *Op) string {
	return map[Returns]string{AllOld: " RETURNING ALL OLD *", AllNew: " RETURNING ALL NEW *"}[o.Returns]
}

// insert states an item that is a key, w, c and l.
func insert(b []byte, collection string, o *Op) []byte {
	b = append(b, `{"Statement":"INSERT INTO CheckItems VALUE {'pk': ?, 'sk': ?, 'w': ?, 'c': ?, 'l': ?}","Parameters":[`...)
	b = append(append(append(b, `{"S":"`...), collection...), `"},{"S":"`...)
	b = append(append(b, byte('0'+o.Member)), `"},{"N":"`...)
	b = append(strconv.AppendInt(b, o.New.W, 10), `"},{"N":"`...)
	b = append(strconv.AppendInt(b, o.New.C, 10), `"},{"L":[{"N":"`...)
	return append(append(b, o.New.L...), `"}]}]}`...)
}

// answer reads the reply into the operation, or says what is strange about it. Told stays where the reply was asked for
// an image and gave one, or gave none because there is none.
func answer(o *Op, collection string, reply wire.Reply) string {
	asked := o.Told
	o.Told = false
	switch {
	case reply.Status == 200:
		o.Outcome = OK
		o.Told = !o.Writes() || o.Returns != None
	case reply.Status >= 500:
		o.Outcome = Ambiguous
		return ""
	default:
		name := wire.ErrorName(reply.Body)
		if name != "ConditionalCheckFailedException" && name != "DuplicateItemException" {
			return "an answer that no operation of the load deserves: " + string(reply.Body)
		}
		o.Outcome = Refused
		o.Told = asked
	}
	return o.read(collection, reply.Body)
}

// read takes the item out of a reply, wherever it stands.
func (o *Op) read(collection string, body []byte) string {
	s, count, strange := wire.NewScan(body), 0, false
	take := func() {
		item := readItem(s, collection)
		whole := o.Outcome == Refused || o.Returns != UpdatedOld && o.Returns != UpdatedNew
		strange = strange || item.Foreign || whole != (item.Member == o.Member) || count > 0
		o.Got = item.Image
		count++
	}
	s.Object(func(name string) {
		switch name {
		case "Item", "Attributes":
			take()
		case "Items":
			s.Array(take)
		default:
			s.Skip()
		}
	})
	if s.Bad || strange || (count > 0 && !o.Told) {
		return "a reply of another form or item: " + string(body)
	}
	return ""
}
