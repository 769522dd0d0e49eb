"""Telling people of a run: what is worth a message (events), who gets it (receivers), and sending it."""
