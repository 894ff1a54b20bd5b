"""The review of a quarter: what is asked of whom, one risk's review, and rolling the quarter forward."""
