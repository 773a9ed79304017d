"""SQLModel tables and selects of the register, with no engine; laptop and county both use them."""
