"""The terminal's side of the wire: calls to the province, its clock, the outbox's uplink, the items."""
