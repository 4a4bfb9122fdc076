"""Gathers what a report needs and composes it as a neutral document. Everything is as of a day."""
