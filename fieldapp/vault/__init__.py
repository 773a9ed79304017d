"""Everything secret on disk: key slots, the encrypted connection, encrypted attachments, the hash-chained journal."""
