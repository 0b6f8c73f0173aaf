"""The dashboards' server: Voila with plain addresses, access by key, compressed pages, and nothing from other hosts."""
