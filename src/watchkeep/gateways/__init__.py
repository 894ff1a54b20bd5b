"""Outside services (files, mail, feeds), each behind a small Protocol."""
