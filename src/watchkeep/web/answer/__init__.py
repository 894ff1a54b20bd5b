"""One answer to what a mail asked, by its link, without signing in."""
