"""Written sections on their way to a translator and back, as XLIFF 2.0 or as a DOCX table. No Django.

Figures, references and marks of notes travel as locked placeholders.
"""

from suivi.render.translation.model import Job, Section, check_section, read_job, write_job

__all__ = ["Job", "Section", "check_section", "read_job", "write_job"]
