# SPDX-License-Identifier: Apache-2.0
"""What an update makes of an item (data-plane.md 4.6 and 4.9, and 5.6 for AttributeUpdates).

Everything on a right-hand side reads the old item, so all values are computed first. Then the clauses change a copy:
values are put in place, list elements are removed by their old positions, and what lies past a list's end is
appended.
"""

from model import number, paths, values
from model.checks import At, Literal
from model.faults import invalid
from model.grammar import Arithmetic, Call

NO_PATH = "The document path provided in the update expression is invalid for update"
NO_OPERAND = "The provided expression refers to an attribute that does not exist in the item"
WRONG_TYPE = "An operand in the update expression has an incorrect data type"


def only_removes(clauses):
    """An update that would create nothing where there is no item."""
    return bool(clauses) and all(clause.section in ("REMOVE", "DELETE") for clause in clauses)


def apply(clauses, old, key):
    """The new item. `old` is None where there is no item; then `key` is what it starts from."""
    item = copy(old if old is not None else key)
    changes = [(clause, result_of(clause, old or {}), place_of(clause, item, old is not None)) for clause in clauses]
    removed, appended = [], []
    for clause, result, container in changes:
        last = clause.path[-1]
        if container is None:
            continue
        if isinstance(last, str):
            if result is None:
                container.pop(last, None)
            else:
                container[last] = result
        elif result is None:
            removed.append((container, last))
        elif last < len(container):
            container[last] = result
        else:
            appended.append((container, last, result))
    for container, index in sorted(removed, key=lambda pair: -pair[1]):
        if index < len(container):
            del container[index]
    for container, _, result in sorted(appended, key=lambda triple: triple[1]):
        container.append(result)
    return item


def copy(item):
    """A copy whose maps and lists can be changed."""
    return {name: copy_value(value) for name, value in item.items()}


def copy_value(value):
    kind, content = value
    if kind == "M":
        return kind, copy(content)
    return (kind, [copy_value(element) for element in content]) if kind == "L" else value


def place_of(clause, item, exists):
    """The dict or list that holds the clause's target; None if there is nothing to do; a fault if there is no place."""
    if len(clause.path) == 1:
        return item
    parent = paths.find(item, clause.path[:-1])
    if parent is not None and parent[0] == ("L" if isinstance(clause.path[-1], int) else "M"):
        return parent[1]
    if clause.section in ("REMOVE", "DELETE") and not exists:
        return None
    raise invalid(NO_PATH)


def result_of(clause, old):
    """What will be at the clause's path; None: nothing."""
    if clause.section == "SET":
        return set_value(clause.value, old)
    if clause.section == "REMOVE":
        return None
    current, operand = paths.find(old, clause.path), clause.value.value
    if clause.section == "ADD":
        return added(current, operand)
    return None if current is None else without(current, operand)


def added(current, operand):
    if current is None:
        return operand
    if current[0] != operand[0]:
        raise invalid(WRONG_TYPE)
    if current[0] == "N":
        return stored_number(number.add(current[1], operand[1]))
    return current[0], tuple(values.in_order(set(current[1]) | set(operand[1])))


def without(current, operand):
    if current[0] != operand[0]:
        raise invalid(WRONG_TYPE)
    left = tuple(values.in_order(set(current[1]) - set(operand[1])))
    return (current[0], left) if left else None


def stored_number(result):
    if result is None:
        raise invalid(number.OVERFLOW)
    return "N", result


def set_value(node, old):
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, At):
        return present(paths.find(old, node.path))
    if isinstance(node, Arithmetic):
        left, right = set_value(node.left, old), set_value(node.right, old)
        if left[0] != "N" or right[0] != "N":
            raise invalid(WRONG_TYPE)
        return stored_number((number.add if node.operator == "+" else number.subtract)(left[1], right[1]))
    return call(node, old)


def call(node: Call, old):
    if node.function == "if_not_exists":
        current = paths.find(old, node.operands[0].path)
        return current if current is not None else set_value(node.operands[1], old)
    left, right = (set_value(operand, old) for operand in node.operands)
    if left[0] != "L" or right[0] != "L":
        raise invalid(WRONG_TYPE)
    return "L", left[1] + right[1]


def present(value):
    if value is None:
        raise invalid(NO_OPERAND)
    return value


# What one UpdateExpression may write (verified-behaviour.md 4.2)


def charge(clauses):
    """The bytes that the statement itself counts for, whatever the item holds."""
    from model.sizes import value_size
    return 3 + sum(clause_charge(clause, value_size) for clause in clauses)


def clause_charge(clause, value_size):
    target = path_bytes(clause.path[0]) + sum(4 + path_bytes(element) for element in clause.path[1:])
    if clause.section in ("REMOVE", "DELETE"):
        return 1 + target
    return 19 + target + operand_charge(clause.value, value_size)


def path_bytes(element):
    return len(str(element).encode())


def operand_charge(node, value_size):
    if isinstance(node, Literal):
        return value_size(node.value)
    if isinstance(node, At):
        return 1 + sum(14 + path_bytes(element) for element in node.path)
    if isinstance(node, Arithmetic):
        return ((34 if node.operator == "+" else 37) + operand_charge(node.left, value_size) +
                operand_charge(node.right, value_size))
    return ((39 if node.function == "if_not_exists" else 37) +
            sum(operand_charge(operand, value_size) for operand in node.operands))


# AttributeUpdates


class LegacyUpdate:
    """One entry: a top-level name, an action, perhaps a value."""

    def __init__(self, name, action, value):
        self.path, self.action, self.value = (name,), action, value

    @property
    def section(self):
        return "REMOVE" if self.action == "DELETE" else self.action


def apply_legacy(updates, old, key):
    item = copy(old if old is not None else key)
    for update in updates:
        name, = update.path
        result = legacy_result(update, (old or {}).get(name))
        if result is None:
            item.pop(name, None)
        else:
            item[name] = result
    return item


def legacy_result(update, current):
    if update.action == "PUT":
        return update.value
    if update.value is None or current is None:
        return None if update.action == "DELETE" else update.value
    if current[0] != update.value[0]:
        raise invalid("Type mismatch for attribute to update")
    if update.action == "DELETE":
        return without(current, update.value)
    if current[0] == "L":
        return "L", current[1] + update.value[1]
    return added(current, update.value)
