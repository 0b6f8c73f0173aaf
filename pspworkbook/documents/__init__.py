"""A workbook's registers as files that other programs open, and back again. Knows no page and no server."""
