"""What the sentences of a risk rest on: readings, checks, promises, events, documents, a post’s judgement."""
