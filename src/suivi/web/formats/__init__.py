"""How days are written where Django's habit of a language is not ours."""
