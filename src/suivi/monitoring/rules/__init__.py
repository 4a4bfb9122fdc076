"""What monitoring decides, without a database: signals, states, workflow, looks ahead."""
