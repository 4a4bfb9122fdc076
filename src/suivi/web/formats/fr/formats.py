"""French short days with the usual abbreviations: three letters would not tell June from July."""

SHORT_DATE_FORMAT = "j N Y"
