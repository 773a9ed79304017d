"""The laptop's side of the exchange with the county: outbox, client, receipts."""
