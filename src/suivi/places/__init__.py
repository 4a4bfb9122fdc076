"""The organisation's own dated list of countries and regions: names, and places on a map. No Django."""
