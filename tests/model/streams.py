# SPDX-License-Identifier: Apache-2.0
"""What a table's stream tells (control-plane.md 6.4): one record for each change that changes something."""

from model import values
from model.sizes import item_size


class StreamOfTable:
    def __init__(self, table, specification):
        self.table = table
        self.view = specification.get("StreamViewType") if specification.get("StreamEnabled") else None
        self.records = []

    def tell(self, old, new):
        if self.view is None or old == new:
            return
        name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
        change = {"Keys": self.table.key_of(old if new is None else new)}
        if new is not None and self.view in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES"):
            change["NewImage"] = new
        if old is not None and self.view in ("OLD_IMAGE", "NEW_AND_OLD_IMAGES"):
            change["OldImage"] = old
        size = sum(item_size(image) for image in change.values())
        shown = {member: values.show_item(image) for member, image in change.items()}
        self.records.append({"eventName": name, "dynamodb": {**shown, "SizeBytes": size, "StreamViewType": self.view}})
