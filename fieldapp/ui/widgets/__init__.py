"""Parts that pages are made of. They are told what to show and say what was done; they know no service."""
