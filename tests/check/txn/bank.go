// SPDX-License-Identifier: Apache-2.0

package txn

import (
	"fmt"

	"stator/tests/check/wire"
)

// The bank: money moves between the accounts of a world, and whoever reads all of them as one sees the same sum.

const opening = 100

func account(w *world, i int) string { return fmt.Sprintf("%s.account%d", w.name, i) }

func (c *client) openAccounts(w *world) {
	var actions []action
	for i := 0; i < w.size.accounts; i++ {
		actions = append(actions, action{text: fmt.Sprintf(
			`{"Put":{"TableName":"CheckLists","Item":{"pk":{"S":"%s"},"b":{"N":"%d"}}%s}}`, account(w, i), opening, condition(notExists))})
	}
	if c.transact(w, "open accounts", actions, c.token(), &Txn{}) != Committed {
		c.load.complain("the accounts of a new world could not be opened")
	}
}

// transfer takes from one account what it gives to another, if it is there.
func (c *client) transfer(w *world) {
	chosen := c.chance.Perm(w.size.accounts)
	amount := number(":a", 1+c.chance.Intn(opening))
	update := func(i int, expression, only string) action {
		return action{text: `{"Update":{` + key(account(w, i)) + `,"UpdateExpression":"` + expression + `","ConditionExpression":"` + only +
			`","ExpressionAttributeValues":{` + amount + `}}}`}
	}
	actions := []action{update(chosen[0], "SET b = b - :a", "b >= :a"), update(chosen[1], "SET b = b + :a", exists)}
	if c.chance.Intn(2) == 0 {
		actions[0], actions[1] = actions[1], actions[0]
	}
	c.transact(w, "transfer", actions, c.token(), &Txn{})
}

func (c *client) readAccounts(w *world) {
	var names []string
	for i := 0; i < w.size.accounts; i++ {
		names = append(names, account(w, i))
	}
	reply, err := c.conn.Call("TransactGetItems", gets(names))
	c.load.pass()
	if err != nil || reply.Status >= 500 || wire.Throttled(reply) || wire.ErrorName(reply.Body) == "TransactionCanceledException" {
		return
	}
	items, _, ok := readAll(reply.Body, "Responses", true)
	sum, negative := int64(0), false
	for _, item := range items {
		sum += item.balance
		negative = negative || item.balance < 0
	}
	if !ok || negative || sum != int64(opening*w.size.accounts) {
		c.load.complain(fmt.Sprintf("bank: the sum is %d: %s", sum, reply.Body))
	}
	c.load.audited()
}
