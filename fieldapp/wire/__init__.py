"""What travels between laptop and county: batch and blob containers, receipts, signed bundles, problem slugs."""
