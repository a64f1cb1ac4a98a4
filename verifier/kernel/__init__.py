"""The trusted base: shapes, terms, normal forms, rules, axioms, theorems. Standard library only."""
