// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"fmt"
	"strconv"
	"strings"

	"stator/tests/check/wire"
)

// Table is the name of the table under load.
const Table = "CheckLists"

// CreateTable is the request that makes it; the global index has all lists of a world.
const CreateTable = `{"TableName":"CheckLists","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[` +
	`{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],` +
	`"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"GlobalSecondaryIndexes":[{"IndexName":"byWorld",` +
	`"KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}`

const (
	exists    = "attribute_exists(pk)"
	notExists = "attribute_not_exists(pk)"
	ofLength  = "size(l) = :n"
)

// action is one member of a transaction, as JSON, and the list it is about (nil: an account). Some can be said as a statement, too.
type action struct {
	list      *list
	text      string
	statement string
}

func home(l *list, at int) string { return l.name + "." + string(rune('a'+at)) }

func key(name string) string { return `"TableName":"CheckLists","Key":{"pk":{"S":"` + name + `"}}` }

func elements(of []int64) string {
	parts := make([]string, len(of))
	for i, element := range of {
		parts[i] = `{"N":"` + strconv.FormatInt(element, 10) + `"}`
	}
	return `{"L":[` + strings.Join(parts, ",") + `]}`
}

func number(name string, value int) string {
	return fmt.Sprintf(`"%s":{"N":"%d"}`, name, value)
}

// item is a list at one of its homes, as a Put writes it.
func item(w *world, l *list, at int, of []int64) string {
	return `"TableName":"CheckLists","Item":{"pk":{"S":"` + home(l, at) + `"},"g":{"S":"` + w.name + `"},"l":` + elements(of) + `}`
}

// condition writes the members for one; a length stands in :n.
func condition(expression string, values ...string) string {
	text := `,"ReturnValuesOnConditionCheckFailure":"ALL_OLD","ConditionExpression":"` + expression + `"`
	if len(values) > 0 {
		text += `,"ExpressionAttributeValues":{` + strings.Join(values, ",") + `}`
	}
	return text
}

const appendExpression = `,"UpdateExpression":"SET l = list_append(l, :x)"`

func updateAction(l *list, at int, element int64, length int) action {
	values := []string{`":x":` + elements([]int64{element})}
	if length < 0 {
		return action{l, `{"Update":{` + key(home(l, at)) + appendExpression + condition(exists, values...) + `}}`,
			`{"Statement":"UPDATE CheckLists SET l = list_append(l, ?) WHERE pk = ?","Parameters":[` + elements([]int64{element}) +
				`,{"S":"` + home(l, at) + `"}],"ReturnValuesOnConditionCheckFailure":"ALL_OLD"}`}
	}
	values = append(values, number(":n", length))
	return action{list: l, text: `{"Update":{` + key(home(l, at)) + appendExpression + condition(ofLength, values...) + `}}`}
}

func putAction(w *world, l *list, at int, of []int64, expression string, values ...string) action {
	return action{list: l, text: `{"Put":{` + item(w, l, at, of) + condition(expression, values...) + `}}`}
}

func deleteAction(l *list, at, length int) action {
	return action{list: l, text: `{"Delete":{` + key(home(l, at)) + condition(ofLength, number(":n", length)) + `}}`}
}

func checkAction(l *list, at, length int) action {
	return action{list: l, text: `{"ConditionCheck":{` + key(home(l, at)) + condition(ofLength, number(":n", length)) + `}}`}
}

// encoding is how a transaction is said: as actions, or as statements.
type encoding struct{ operation, members string }

var (
	actionsOf    = encoding{"TransactWriteItems", "TransactItems"}
	statementsOf = encoding{"ExecuteTransaction", "TransactStatements"}
)

// transaction is the whole request; token "" leaves it out.
func transaction(as encoding, actions []action, token string) []byte {
	parts := make([]string, len(actions))
	for i, a := range actions {
		parts[i] = a.text
		if as == statementsOf {
			parts[i] = a.statement
		}
	}
	text := `{"` + as.members + `":[` + strings.Join(parts, ",") + `]`
	if token != "" {
		text += `,"ClientRequestToken":"` + token + `"`
	}
	return []byte(text + `}`)
}

// gets reads items by name as one.
func gets(names []string) []byte {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = `{"Get":{` + key(name) + `}}`
	}
	return []byte(`{"TransactItems":[` + strings.Join(parts, ",") + `]}`)
}

// selects does the same in statements.
func selects(names []string) []byte {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = `{"Statement":"SELECT * FROM CheckLists WHERE pk = ?","Parameters":[{"S":"` + name + `"}]}`
	}
	return []byte(`{"TransactStatements":[` + strings.Join(parts, ",") + `]}`)
}

// shown is an item in a reply.
type shown struct {
	present bool
	name    string
	list    []int64
	balance int64
}

func readShown(s *wire.Scan) shown {
	item := shown{present: true, list: []int64{}}
	s.Object(func(name string) {
		switch name {
		case "pk":
			s.Value("S", func() { item.name = string(s.Text()) })
		case "l":
			s.Value("L", func() {
				s.Array(func() { s.Value("N", func() { item.list = append(item.list, s.Int()) }) })
			})
		case "b":
			s.Value("N", func() { item.balance = s.Int() })
		default:
			s.Skip()
		}
	})
	return item
}

// readAll takes the items out of a reply: those of an array, each element an item or an object that may have one.
func readAll(body []byte, array string, wrapped bool) (items []shown, codes []string, ok bool) {
	s := wire.NewScan(body)
	one := func() {
		var item shown
		code := ""
		s.Object(func(name string) {
			switch name {
			case "Item":
				item = readShown(s)
			case "Code":
				code = string(s.Text())
			default:
				s.Skip()
			}
		})
		items, codes = append(items, item), append(codes, code)
	}
	s.Object(func(name string) {
		switch {
		case name != array:
			s.Skip()
		case wrapped:
			s.Array(one)
		default:
			s.Array(func() { items = append(items, readShown(s)) })
		}
	})
	return items, codes, !s.Bad
}
