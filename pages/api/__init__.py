"""The open API: its routes (v1), what goes in and out (models), refusals (problems) and its page for people (page)."""
