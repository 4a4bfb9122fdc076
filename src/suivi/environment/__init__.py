"""What the environment of the process says: the variables, what they mean, and how their values are read.

Pure: settings and the command line read it without starting Django. Its refusals are seen by those who
install, on the command line, which speaks English; so they are not marked for the translators.
"""
