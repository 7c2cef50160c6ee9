"""How well On Record reads: its own gold, a scorer, a baseline that is dumb on purpose, and a gate with floors."""
