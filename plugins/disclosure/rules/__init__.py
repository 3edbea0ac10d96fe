"""What is checked: one function a rule, each returning what it compared."""
