"""The worker process: a timetable, and one small file for each thing that is done again and again."""
