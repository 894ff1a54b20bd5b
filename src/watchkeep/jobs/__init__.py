"""After-work: follows what is stored, acts once however often it runs, one file per piece of work."""
