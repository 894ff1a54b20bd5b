"""The API: what programs read and post, each with a token. It knows no session and takes no cookie."""
