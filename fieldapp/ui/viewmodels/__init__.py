"""What the pages show and do, without a widget: injected services, clock and runner; signals in the past tense."""
