"""Accounts, the audit trail, multilingual and exact number fields, stored files."""
