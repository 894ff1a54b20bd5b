"""The records. They change only through each app's changes.py and answer only through its queries.py."""
