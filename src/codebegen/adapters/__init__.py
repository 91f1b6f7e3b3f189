"""What touches the machine: child processes, the sandbox, databases, formatters. Only bootstrap chooses among them."""
