"""What anybody may open without LINE: an area's collection days as a calendar, the way to become a friend."""
