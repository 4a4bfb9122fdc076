"""Plans in editions, and the internal management plan: who is responsible for what by when."""
