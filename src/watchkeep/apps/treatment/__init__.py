"""What holds risks back and what was promised: controls with their checks, commitments with their clocks."""
