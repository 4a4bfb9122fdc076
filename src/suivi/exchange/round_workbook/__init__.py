"""The workbook of a reporting round: what a unit is asked, as sheets to fill in, and what came back."""
