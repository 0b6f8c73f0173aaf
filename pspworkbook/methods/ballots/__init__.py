"""What several people answered separately: the spread of views, and what to talk about."""
