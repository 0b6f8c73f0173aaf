"""Finding one's way in the guide: search, stories of the pilots, lessons for a tool."""
