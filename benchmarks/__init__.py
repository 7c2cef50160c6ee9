"""How fast On Record is, and how much memory it takes."""
