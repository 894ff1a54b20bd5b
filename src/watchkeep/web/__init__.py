"""The site: one folder per page, with its view, form and templates together."""
