"""Charts and documents: DOCX, PDF and HTML from one neutral document. No Django."""
