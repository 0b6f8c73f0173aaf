"""What pages are made of: register table and form, passage, chart panel, files, and the frame that holds them."""
