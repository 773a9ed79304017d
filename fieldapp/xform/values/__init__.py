"""Values of expressions and answers: numbers, dates, geometry, patterns, their texts and comparisons."""
