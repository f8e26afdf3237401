"""Whether every document is read right, or a clear word said why not: the table of what reading documents must show."""
