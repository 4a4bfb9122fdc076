"""An organisation's own tracker: a row for each deliverable, columns for each period, history included."""
