"""What anybody may follow without LINE: an area's collection days as a calendar for their own phone."""
