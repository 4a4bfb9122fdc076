"""The results frameworks a plan hangs on. A code belongs to its edition and means nothing without it."""
