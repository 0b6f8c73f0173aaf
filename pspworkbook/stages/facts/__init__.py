"""What the rules of each stage need to know, read from the workbook."""
