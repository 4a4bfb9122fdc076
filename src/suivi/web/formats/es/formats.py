"""Spanish short days with the usual abbreviations of the months."""

SHORT_DATE_FORMAT = "j b Y"
