"""What is kept: tables, the few questions asked of them, and the only room that imports sqlalchemy."""
