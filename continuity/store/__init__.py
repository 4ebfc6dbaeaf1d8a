"""The document on disk: tables, journal, versions, runs, lock, back-ups. The only room that speaks SQL."""
