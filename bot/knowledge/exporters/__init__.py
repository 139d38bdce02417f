"""What the city said of its collections, written for other programs and for spreadsheets."""
