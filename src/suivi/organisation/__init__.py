"""Units with their dates, stakeholders outside, and the roles given to accounts."""
