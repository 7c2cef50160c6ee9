"""Faces: how people and programs meet On Record; today the command line."""
