"""One module a page or family of pages."""
